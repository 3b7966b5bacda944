import { CANDIDATE_HEADER } from "../../components/held-traffic";
import { ask, CliError, read } from "../cli";
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
import { ReleaseError, UsageError } from "../error";
import type { Stack, StackResource } from "../stack";
import {
  CONTAINER,
  created,
  halfMade,
  hostOf,
  isRoutes,
  kept,
  nameOf,
  portOf,
  replicasOf,
  stateOf,
  type Inspected,
} from "./docker-containers";

/**
 * A Docker host. A revision is a set of containers with a name of their own; the edge is told its
 * routes by a job. A candidate is made by an update that leaves that job and the serving containers
 * untouched, and is asked directly, inside the host's networks. The routes move as a whole.
 */
class DockerDriver implements Driver {
  readonly cloud = "docker";
  /** A host knows images by tag, and by an id that no registry knows. */
  readonly pins = false;
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async check(steps: readonly number[]): Promise<void> {
    if (steps.length > 1) {
      throw new UsageError("--steps: a Docker host's edge moves all of the traffic; leave it out");
    }
    await this.#ask(await this.#engine.stack(), "version", "--format", "{{json .}}");
  }

  async observe(): Promise<Services> {
    const stack = await this.#engine.stack();
    const routed = await this.#routed(stack);
    const found: Record<string, Services[string]> = {};
    for (const service of stack.components("ContainerService")) {
      const replicas = replicasOf(stack, service);
      const told = await Promise.all(
        replicas.map(async (replica) => ({
          ...replica,
          inspected: await this.#inspect(stack, nameOf(replica.resource)),
        })),
      );
      const newest = [...told].sort((a, b) => created(b.inspected) - created(a.inspected))[0];
      const isRouted = told.some(({ resource }) => routed.has(resource.name));
      const revisions = [...new Set(told.map(({ revision }) => revision))].map((name): Revision => {
        const all = told.filter(({ revision }) => revision === name);
        const isNewest = name === newest?.revision;
        // Routes name a replica by its alias, which is its logical name; what has none is called by
        // the name that all revisions share.
        const serves = isRouted ? all.some(({ resource }) => routed.has(resource.name)) : isNewest;
        return {
          ...{ name, newest: isNewest, percent: serves ? 100 : 0 },
          ...stateOf(all.map(({ inspected }) => inspected)),
        };
      });
      found[service] = { name: service, revisions };
    }
    return found;
  }

  /** The image's id on the host, which pulls what it has not yet. */
  async digestOf(reference: string): Promise<string | undefined> {
    const stack = await this.#engine.stack();
    const look = async (): Promise<string | undefined> => {
      const [image] = await this.#ask<{ Id: string }[]>(stack, "image", "inspect", reference);
      return image?.Id;
    };
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof CliError) || !isMissing(error)) throw error;
    }
    try {
      await this.#read(stack, "pull", reference);
      return await look();
    } catch (error) {
      if (error instanceof CliError && isMissing(error)) return undefined;
      throw error;
    }
  }

  /** The host's own: what it builds is where it runs. */
  async imageEngine(): Promise<ImageEngine> {
    return { host: hostOf(await this.#engine.stack()), push: false };
  }

  async stage(wanted: Wanted, before: Services): Promise<void> {
    const stack = await this.#engine.stack();
    const routes = stack.within("HttpsEdge").filter(({ name }) => isRoutes(name));
    const untouched = [...kept(stack, before), ...routes, ...stack.within("Alarms")];
    await this.#up(wanted, untouched);
  }

  /** The newest container itself, on an address that only the host reaches. */
  async entrance(service: string, host: string): Promise<Entrance | undefined> {
    const stack = await this.#engine.stack();
    if (stack.components("DockerHost").includes(service)) {
      return { url: `https://${host}`, headers: {}, edge: true };
    }
    if (hostOf(stack).startsWith("ssh://")) return undefined;
    const newest = (await this.observe())[service]?.revisions.find((each) => each.newest)?.name;
    const replica = replicasOf(stack, service).find(({ revision }) => revision === newest);
    const port = replica && portOf(replica.resource);
    if (!replica || port === undefined) return undefined;
    const { NetworkSettings } = await this.#inspect(stack, nameOf(replica.resource));
    const address = Object.values(NetworkSettings.Networks).find(({ IPAddress }) => IPAddress);
    if (!address) {
      const name = nameOf(replica.resource);
      throw new ReleaseError(`${service}: ${name} is not running; see docker logs ${name}`);
    }
    return {
      url: `http://${address.IPAddress}:${port}`,
      headers: { [CANDIDATE_HEADER]: service },
      edge: false,
    };
  }

  /** The containers of before stay, so that the way back is one job. */
  async shift(wanted: Wanted, before: Services): Promise<void> {
    const stack = await this.#engine.stack();
    await this.#up(wanted, kept(stack, before));
  }

  settle(wanted: Wanted): Promise<void> {
    return this.#up(wanted);
  }

  /** Nothing is quicker than the update that settles: it starts with the routes. */
  async takeBack(_wanted: Wanted, _before: Services): Promise<void> {
    const stack = await this.#engine.stack();
    const containers = stack.within("ContainerService").filter(({ type }) => type === CONTAINER);
    await this.#engine.refresh(containers.map(({ urn }) => urn));
    await this.#removeHalfMade();
  }

  /** The watch writes a line when an alarm begins. */
  async alarms(since: Date): Promise<readonly Alarm[]> {
    const stack = await this.#engine.stack();
    const [watch] = stack.within("Alarms", undefined, CONTAINER);
    if (!watch) return [];
    const log = await this.#read(
      stack,
      ...["logs", nameOf(watch), "--timestamps", `--since=${since.toISOString()}`],
    );
    return [...log.matchAll(/^(\S+) keeper watch: (.+?) firing: (.*)$/gm)].map(
      ([, at = "", name = "", reason = ""]) => ({ name, since: at, reason }),
    );
  }

  /** An update, in whose way nothing stands that an earlier one was making when it was killed. */
  async #up(wanted: Wanted, untouched: readonly StackResource[] = []): Promise<void> {
    const urns = untouched.map(({ urn }) => urn);
    try {
      await this.#engine.up(wanted, undefined, urns);
    } catch (error) {
      // Only now nobody else is making any: this update had the stack's lock.
      if (!isTaken(error) || !(await this.#removeHalfMade())) throw error;
      await this.#engine.up(wanted, undefined, urns);
    }
  }

  /** Whether there was any. */
  async #removeHalfMade(): Promise<boolean> {
    const stack = await this.#engine.stack();
    const listed = await this.#read(stack, "ps", "--all", "--no-trunc", "--format", "{{json .}}");
    const names = halfMade(stack, listed);
    for (const name of names) await this.#read(stack, "container", "rm", name, "--force");
    return names.length > 0;
  }

  /** Names that the edge routes to, as its last job has told it. */
  async #routed(stack: Stack): Promise<ReadonlySet<string>> {
    const job = stack
      .within("HttpsEdge", undefined, CONTAINER)
      .find(({ name, isGone }) => isRoutes(name) && !isGone);
    if (!job) return new Set();
    const { Config, State } = await this.#inspect(stack, nameOf(job));
    if (State.ExitCode !== 0) return new Set();
    const text = Config.Env?.find((each) => each.startsWith("UPSTREAMS="));
    const upstreams = JSON.parse(text?.slice("UPSTREAMS=".length) ?? "[]") as { url: string }[];
    return new Set(upstreams.map(({ url }) => new URL(url).hostname));
  }

  async #inspect(stack: Stack, name: string): Promise<Inspected> {
    const [found] = await this.#ask<Inspected[]>(stack, "container", "inspect", name);
    if (!found) throw new UsageError(`${name}: is not on the host; refresh the stack`);
    return found;
  }

  #ask<T>(stack: Stack, ...args: string[]): Promise<T> {
    return ask<T>("docker", [`--host=${hostOf(stack)}`, ...args]);
  }

  #read(stack: Stack, ...args: string[]): Promise<string> {
    return read("docker", [`--host=${hostOf(stack)}`, ...args]);
  }
}

const isMissing = ({ said }: CliError): boolean =>
  /no such image|not found|does not exist|denied/i.test(said);

const isTaken = (error: unknown): boolean =>
  error instanceof ReleaseError && /container name "[^"]*" is already in use/.test(error.message);

export const driver: DriverFactory = (engine) => new DockerDriver(engine);
