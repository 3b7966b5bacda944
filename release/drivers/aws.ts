import { ATTENDED_MINUTES } from "../../providers/aws/traffic";
import { read } from "../cli";
import type { Alarm, Driver, DriverFactory, Entrance, ImageEngine, Services } from "../driver";
import type { Engine, Progress, Update, Wanted } from "../engine";
import { ReleaseError, UsageError, sentence } from "../error";
import { held } from "../prove";
import type { Stack } from "../stack";
import { raisedSince } from "./aws-alarms";
import { aws, isCode, knowsPauses, signedIn } from "./aws-cli";
import {
  answer,
  described,
  goesOn,
  newestDeployment,
  newestListed,
  placeOf,
  revisionsOf,
  stop,
  unfinished,
  waitingHook,
  type Deployment,
  type Place,
} from "./aws-ecs";
import { edgeEntrance } from "./edge-entrance";
import { pauseOrEnd, until } from "./patience";

const SERVICE = "aws:ecs/service:Service";
const RULE = "aws:lb/listenerRule:ListenerRule";
/** Stage after the shift of production traffic: the second pause of a release. */
const SHIFTED = "POST_PRODUCTION_TRAFFIC_SHIFT";

/**
 * ECS's own blue/green deployment. `pulumi up` starts it and waits for its end, while ECS waits for the
 * release: before production traffic is shifted, and after. Of a release that died ECS hears nothing
 * and goes back by itself.
 */
class AwsDriver implements Driver {
  readonly cloud = "aws";
  readonly pins = true;
  readonly #engine: Engine;
  /** The update that waits in ECS, in the process that started it. */
  #update: Update | undefined;
  /** The stack as the update that waits has left it: until it goes on, nothing in it changes. */
  #held: Stack | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async check(steps: readonly number[], bake: number): Promise<void> {
    if (steps.some((share) => share !== 100)) {
      throw new UsageError(
        `release:steps: ${steps.join(",")} is not offered on aws, where ECS shifts all traffic at once; use 100`,
      );
    }
    if (bake >= ATTENDED_MINUTES * 60_000) {
      throw new UsageError(
        `release:bake: ${bake / 60_000} minutes are not offered on aws, where ECS goes back by itself after ${ATTENDED_MINUTES}; use less`,
      );
    }
    const [place] = await this.#places();
    const [{ Account: account }] = await Promise.all([
      signedIn(place?.region),
      knowsPauses(place?.region),
    ]);
    const expected = place?.arn.split(":")[4];
    if (expected !== undefined && account !== expected) {
      throw new UsageError(
        `aws: signed in to account ${account}, and the stack is in ${expected}; choose its profile or role`,
      );
    }
  }

  async observe(): Promise<Services> {
    const found = await Promise.all(
      (await this.#places()).map(async (place) => {
        const deployment = await newestDeployment(place);
        const revisions = deployment ? await revisionsOf(place, deployment) : [];
        return [place.service, { name: place.name, revisions }] as const;
      }),
    );
    return Object.fromEntries(found);
  }

  async digestOf(reference: string): Promise<string | undefined> {
    const [, registry, region, repository, tag] =
      /^(\d{12})\.dkr\.ecr\.([\w-]+)\.amazonaws\.com[\w.]*\/([^:@]+):([^@]+)$/.exec(reference) ??
      [];
    if (!registry || !region || !repository) return undefined;
    try {
      const { imageDetails } = await aws<{ imageDetails: readonly { imageDigest: string }[] }>(
        region,
        ...["ecr", "describe-images", "--registry-id", registry, "--repository-name", repository],
        ...["--image-ids", `imageTag=${tag}`],
      );
      return imageDetails[0]?.imageDigest;
    } catch (error) {
      if (isCode(error, "ImageNotFoundException")) return undefined;
      throw error;
    }
  }

  /** ECR's password is good for twelve hours. */
  async imageEngine(repository: string): Promise<ImageEngine> {
    const [registry = ""] = repository.split("/");
    const region = /\.ecr\.([\w-]+)\./.exec(registry)?.[1] ?? "";
    const password = await read("aws", ["ecr", "get-login-password", "--region", region]);
    await read("docker", ["login", "--username=AWS", "--password-stdin", registry], password);
    return { platform: "linux/amd64", push: true };
  }

  /** What a process that died has left unfinished is taken back first, and made anew. */
  async stage(wanted: Wanted, before: Services): Promise<void> {
    await this.#back();
    const places = await this.#places();
    const listed = await Promise.all(places.map(newestListed));
    const old = new Set(listed.map((deployment) => deployment?.serviceDeploymentArn));
    const update = await this.#engine.start(wanted, { serving: held(before), percent: 0 });
    this.#update = update;
    while (!update.ended()) {
      const progress = update.progress();
      // One service has failed: the others would wait for an answer until ECS loses patience.
      if (progress.failed) await this.#back();
      else if (await waits(progress, places, old)) {
        this.#held = await this.#engine.stack();
        return;
      } else await pauseOrEnd(update);
    }
    await update.done;
  }

  async entrance(service: string, host: string): Promise<Entrance | undefined> {
    return edgeEntrance(await this.#stack(), RULE, service, host);
  }

  /** One service after the other: what fails leaves the rest where it was. */
  async shift(): Promise<void> {
    for (const place of await this.#places()) {
      await until(async () => {
        const deployment = await newestDeployment(place);
        if (!deployment || deployment.status === "SUCCESSFUL") return true;
        refuseBack(place, deployment);
        const hook = waitingHook(deployment);
        if (hook && deployment.lifecycleStage === SHIFTED) return true;
        if (hook) await answer(place, deployment, hook, "CONTINUE");
        return false;
      }, `${place.service}: ECS has not shifted its traffic`);
    }
  }

  async settle(wanted: Wanted): Promise<void> {
    await this.#each(async (place) => {
      await until(async () => {
        const deployment = await unfinished(place);
        if (!deployment) return true;
        const hook = waitingHook(deployment);
        if (hook) await answer(place, deployment, hook, "CONTINUE");
        return false;
      }, `${place.service}: ECS has not ended its deployment`);
    });
    await this.#update?.done;
    this.#forget();
    await this.#engine.up(wanted);
  }

  /** Where the old revision is gone already, `settle` deploys its image anew. */
  async takeBack(): Promise<void> {
    await this.#back();
  }

  async alarms(since: Date): Promise<readonly Alarm[]> {
    const [place] = await this.#places();
    return place ? raisedSince(await this.#engine.stack(), place.region, since) : [];
  }

  /** Takes back every deployment that has not ended, and the update that waits for it. */
  async #back(): Promise<void> {
    do {
      await this.#each(async (place) => {
        await until(async () => {
          const deployment = await unfinished(place);
          if (!deployment) return true;
          const hook = waitingHook(deployment);
          if (hook) await answer(place, deployment, hook, "ROLLBACK");
          else if (goesOn(deployment)) await stop(place, deployment);
          return false;
        }, `${place.service}: ECS has not gone back`);
      });
      if (this.#update) await pauseOrEnd(this.#update);
    } while (this.#update && !this.#update.ended());
    this.#forget();
  }

  /** The update that waited has ended. */
  #forget(): void {
    this.#update = undefined;
    this.#held = undefined;
  }

  async #stack(): Promise<Stack> {
    return this.#held ?? this.#engine.stack();
  }

  async #each(action: (place: Place) => Promise<void>): Promise<void> {
    const ends = await Promise.allSettled((await this.#places()).map(action));
    const failed = ends.flatMap((end) => (end.status === "rejected" ? [sentence(end.reason)] : []));
    if (failed.length > 0) throw new ReleaseError(failed.join("; "));
  }

  async #places(): Promise<Place[]> {
    const stack = await this.#stack();
    return stack.services(SERVICE).map(({ service, resource }) => placeOf(service, resource));
  }
}

/**
 * Whether every service that the update changes waits for its candidate to be tried, or is through
 * where nothing stops it: services that only others call have no candidate.
 */
async function waits(
  { visited }: Progress,
  places: readonly Place[],
  old: ReadonlySet<string | undefined>,
): Promise<boolean> {
  if (!places.every(({ urn }) => visited.has(urn))) return false;
  const changed = places.filter(({ urn }) => visited.get(urn) !== "same");
  const waiting = await Promise.all(
    changed.map(async (place) => {
      const newest = await newestListed(place);
      if (!newest || old.has(newest.serviceDeploymentArn)) return false;
      if (newest.status === "SUCCESSFUL") return true;
      const deployment = await described(place, newest);
      return deployment !== undefined && waitingHook(deployment) !== undefined;
    }),
  );
  return changed.length > 0 && waiting.every(Boolean);
}

function refuseBack({ service }: Place, deployment: Deployment): void {
  if (goesOn(deployment)) return;
  const { statusReason } = deployment;
  const why = statusReason ? ` (${statusReason})` : "";
  throw new ReleaseError(`${service}: ECS has gone back by itself${why}; look at its events`);
}

export const driver: DriverFactory = (engine) => new AwsDriver(engine);
