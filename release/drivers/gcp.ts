import { CANDIDATE_HEADER } from "../../components/held-traffic";
import { CliError, ask, read as readCli } from "../cli";
import type {
  Alarm,
  Driver,
  DriverFactory,
  Entrance,
  ImageEngine,
  Revision,
  Services,
} from "../driver";
import type { Engine, Wanted } from "../engine";
import { UsageError } from "../error";
import { held, serving } from "../prove";
import type { StackResource } from "../stack";

const SERVICE = "gcp:cloudrunv2/service:Service";
const ALERT = "gcp:monitoring/alertPolicy:AlertPolicy";
/** Services that only others in the network call. */
const INSIDE = "INGRESS_TRAFFIC_INTERNAL_ONLY";
/** Name of the program's container where there are others beside it. */
const PROGRAM = "program";

/** A service as `gcloud run services describe` tells of it. */
interface RunService {
  readonly status: {
    readonly latestCreatedRevisionName?: string;
    readonly traffic?: readonly { readonly revisionName: string; readonly percent?: number }[];
  };
}

/** A revision as `gcloud run revisions describe` tells of it. */
interface RunRevision {
  readonly spec: {
    readonly containers: readonly { readonly name?: string; readonly image: string }[];
  };
  readonly status: {
    readonly imageDigest?: string;
    readonly containerStatuses?: readonly {
      readonly name: string;
      readonly imageDigest?: string;
    }[];
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message?: string;
    }[];
  };
}

interface Alert {
  readonly openTime: string;
  readonly policy: { readonly name: string; readonly displayName: string };
}

/** Where a service is, for every command about it. */
interface Place {
  readonly service: string;
  readonly name: string;
  readonly at: readonly string[];
  readonly resource: StackResource;
}

/**
 * Cloud Run. Traffic moves by `pulumi up` alone, with the serving revisions named in the stack's config
 * for that update, so that state and cloud never differ; gcloud only tells what is true.
 */
class GcpDriver implements Driver {
  readonly cloud = "gcp";
  readonly pins = true;
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async check(): Promise<void> {
    const accounts = await gcloud<unknown[]>("auth", "list", "--filter=status:ACTIVE");
    if (accounts.length === 0) {
      throw new UsageError("gcloud: nobody is signed in; run `gcloud auth login`");
    }
  }

  async observe(): Promise<Services> {
    const found: Record<string, Services[string]> = {};
    for (const { service, name, at } of await this.#places()) {
      const { status } = await gcloud<RunService>("run", "services", "describe", name, ...at);
      const newest = status.latestCreatedRevisionName ?? "";
      const shares = new Map<string, number>([[newest, 0]]);
      for (const { revisionName, percent = 0 } of status.traffic ?? []) {
        if (percent > 0) shares.set(revisionName, (shares.get(revisionName) ?? 0) + percent);
      }
      const revisions: Revision[] = [];
      for (const [revision, percent] of shares) {
        const told = await gcloud<RunRevision>("run", "revisions", "describe", revision, ...at);
        revisions.push({ ...read(told), name: revision, percent, newest: revision === newest });
      }
      found[service] = { name, revisions };
    }
    return found;
  }

  async digestOf(reference: string): Promise<string | undefined> {
    try {
      const { image_summary: image } = await gcloud<{ image_summary: { digest: string } }>(
        ...["artifacts", "docker", "images", "describe", reference],
      );
      return image.digest;
    } catch (error) {
      if (error instanceof CliError && /not.?found/i.test(error.said)) return undefined;
      throw error;
    }
  }

  /** gcloud becomes a credential helper of Docker's: no token is kept. */
  async imageEngine(repository: string): Promise<ImageEngine> {
    const [registry = ""] = repository.split("/");
    await readCli("gcloud", ["auth", "configure-docker", registry, "--quiet"]);
    return { platform: "linux/amd64", push: true };
  }

  stage(wanted: Wanted, before: Services): Promise<void> {
    return this.#engine.up(wanted, { serving: held(before), percent: 0 });
  }

  async entrance(service: string, host: string): Promise<Entrance | undefined> {
    const stack = await this.#engine.stack();
    const { address } = stack.outputs;
    const url = `https://${typeof address === "string" ? address : host}`;
    if (stack.components("DockerHost").includes(service)) return { url, headers: {}, edge: true };
    const [found] = stack.within("ContainerService", service, SERVICE);
    if (!found || found.inputs.ingress === INSIDE) return undefined;
    return { url, headers: { [CANDIDATE_HEADER]: service }, edge: true };
  }

  shift(wanted: Wanted, before: Services, percent: number): Promise<void> {
    return this.#engine.up(wanted, { serving: held(before), percent });
  }

  settle(wanted: Wanted): Promise<void> {
    return this.#engine.up(wanted);
  }

  /**
   * An update that failed may have reached Cloud Run without reaching the state, which is therefore
   * read anew first; then only the traffic moves.
   */
  async takeBack(wanted: Wanted, before: Services): Promise<void> {
    const places = await this.#places();
    await this.#engine.refresh(places.map(({ resource }) => resource.urn));
    const now = await this.observe();
    const isBack = Object.keys(before).every((service) => {
      const [one, ...others] = serving(now, service);
      return others.length === 0 && one?.name === held(before)[service];
    });
    if (!isBack) await this.#engine.up(wanted, { serving: held(before), percent: 0 });
  }

  async alarms(since: Date): Promise<readonly Alarm[]> {
    const policies = (await this.#engine.stack()).resources.filter(({ type }) => type === ALERT);
    const [first] = policies;
    if (!first) return [];
    const ours = new Set(policies.map(({ outputs }) => outputs.name));
    const alerts = await gcloud<Alert[]>(
      ...["monitoring", "alerts", "list"],
      ...["--project", String(first.outputs.project)],
      `--filter=openTime>="${since.toISOString()}"`,
    );
    return alerts
      .filter(
        ({ policy, openTime }) => ours.has(policy.name) && Date.parse(openTime) >= since.getTime(),
      )
      .map(({ policy, openTime }) => ({ name: policy.displayName, since: openTime }));
  }

  async #places(): Promise<Place[]> {
    const stack = await this.#engine.stack();
    return stack.services(SERVICE).map(({ service, resource }) => {
      const { name, project, location } = resource.outputs;
      const at = ["--project", String(project), "--region", String(location)];
      return { service, name: String(name), at, resource };
    });
  }
}

const gcloud = <T>(...args: string[]): Promise<T> => ask<T>("gcloud", [...args, "--format=json"]);

function read({
  spec,
  status,
}: RunRevision): Pick<Revision, "image" | "digest" | "healthy" | "reason"> {
  const program = spec.containers.find(({ name }) => name === PROGRAM) ?? spec.containers[0];
  const container = status.containerStatuses?.find(({ name }) => name === program?.name);
  // With several containers the revision's own digest may be another one's.
  const own = spec.containers.length === 1 ? status.imageDigest : program?.image;
  const digest = /sha256:[0-9a-f]{64}/.exec(container?.imageDigest ?? own ?? "")?.[0];
  const ready = status.conditions?.find(({ type }) => type === "Ready");
  return {
    image: program?.image ?? "",
    ...(digest === undefined ? {} : { digest }),
    healthy: ready?.status === "True" ? "yes" : ready?.status === "False" ? "no" : "unknown",
    ...(ready?.message ? { reason: ready.message } : {}),
  };
}

export const driver: DriverFactory = (engine) => new GcpDriver(engine);
