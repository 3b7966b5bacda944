import type { Cloud } from "../components/cloud";
import type { Engine, Wanted } from "./engine";

/**
 * What a release needs of a cloud. Every method asks the cloud itself, never what an earlier call has
 * left in memory: a release that was killed goes on in another process, maybe on another machine.
 *
 * Methods that change something are idempotent: when what they are asked for is true already, they do
 * nothing. All of them throw `ReleaseError` with one sentence and a remedy.
 *
 * The order of calls: `check`, `observe`, `digestOf` per image, `stage`, `entrance` per service, `shift`
 * once per step, `alarms`, `settle`, `observe`. After a failure: `takeBack`, then `settle` with the
 * images of before.
 */
export interface Driver {
  readonly cloud: Cloud;
  /** Whether the stack's own images can be named by digest in its config. */
  readonly pins: boolean;

  /**
   * Refuses what would stop the release half-way: a CLI that is missing or not logged in, another
   * account than the stack's, steps or a bake time (milliseconds) that this cloud cannot do.
   */
  check(steps: readonly number[], bake: number): Promise<void>;

  /** What is true now, by the name of the service in the description. Hosts are left out. */
  observe(): Promise<Services>;

  /** Digest (`sha256:…`) of an image in its registry; undefined when it is not there. */
  digestOf(reference: string): Promise<string | undefined>;

  /**
   * The Docker engine that builds images of the stack's own, signed in to their repository's registry.
   * Only asked for where a release builds.
   */
  imageEngine(repository: string): Promise<ImageEngine>;

  /**
   * Deploys what is wanted and gives it no production traffic: jobs first, as in every update, then
   * the candidates beside the serving revisions. Returns when every candidate is healthy and can be
   * reached by its entrance. `before` is what `observe` said before the release began.
   */
  stage(wanted: Wanted, before: Services): Promise<void>;

  /**
   * Where a service's candidate is tried; undefined when it cannot be reached from outside. Docker
   * hosts, which are changed in place, are reached where everybody reaches them.
   */
  entrance(service: string, host: string): Promise<Entrance | undefined>;

  /**
   * Gives the candidates this share of the production traffic, in percent, and the revisions of
   * `before` the rest. 100 keeps the old revisions, so that they can take over again at once.
   */
  shift(wanted: Wanted, before: Services, percent: number): Promise<void>;

  /**
   * Ends the release: the stack is as `pulumi up` alone would leave it with what is wanted. Also makes
   * up for what a killed process left: a lock, an update that was cut short, a deployment that waits.
   */
  settle(wanted: Wanted): Promise<void>;

  /**
   * Gives all production traffic back to the revisions of `before`, as fast as the cloud can, without
   * running a job. `settle` with the old images follows and makes stack and cloud agree.
   */
  takeBack(wanted: Wanted, before: Services): Promise<void>;

  /** Alarms of this stack that have been raised since then. */
  alarms(since: Date): Promise<readonly Alarm[]>;
}

export interface ImageEngine {
  /** Its address; default: the one that `docker` talks to. */
  readonly host?: string;
  /** What the cloud runs, e.g. `linux/amd64`; default: what the engine itself runs. */
  readonly platform?: string;
  /** Whether what it builds goes to a registry, or stays on it. */
  readonly push: boolean;
}

/** Services by their name in the description. */
export type Services = Readonly<Record<string, ServiceState>>;

export interface ServiceState {
  /** Name that operators know in the cloud, e.g. of the Cloud Run service. */
  readonly name: string;
  /** Every revision with traffic and the newest one, newest first. */
  readonly revisions: readonly Revision[];
}

export interface Revision {
  /** Name by which the cloud selects it: revision, task definition, container. */
  readonly name: string;
  /** What the cloud says it runs, with a tag or a digest. */
  readonly image: string;
  /** Digest of what it runs (`sha256:…`), where the cloud tells it. */
  readonly digest?: string;
  /** Share of the production traffic, in percent. */
  readonly percent: number;
  /** Whether it is the newest one. */
  readonly newest: boolean;
  /** `no`: it never became, or no longer is, healthy; `unknown`: the cloud cannot tell yet. */
  readonly healthy: "yes" | "no" | "unknown";
  /** The cloud's own words on why it is not healthy. */
  readonly reason?: string;
}

/** How to reach a candidate: requests for the service's own host, with something more. */
export interface Entrance {
  /** Scheme, host and port, e.g. `https://api.example.com`; the path is the request's own. */
  readonly url: string;
  /** Headers that lead to the candidate, e.g. `x-portolan-candidate: api`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether it leads through the edge, whose own headers are then in the answers. */
  readonly edge: boolean;
}

export interface Alarm {
  /** Name that operators know. */
  readonly name: string;
  /** When it was raised. */
  readonly since: string;
  /** The cloud's own words. */
  readonly reason?: string;
}

/** One driver per cloud, loaded on demand. */
export type DriverFactory = (engine: Engine) => Driver;
