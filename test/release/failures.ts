import type { ChildProcess } from "node:child_process";
import type { Event } from "../../release/report/event";
import { ReleasedStack, type Told } from "./support";

/** What the failures need to know of a cloud. */
export interface Target {
  /** File of `examples/` that is deployed: LatticePolicy. */
  readonly example: string;
  /** Host of the API. */
  readonly apiHost: string;
  /** File of planted exit codes of jobs, e.g. `gcp-job-exits.json`. */
  readonly jobExits: string;
  /** Type of the resource that an update of the API changes. */
  readonly serviceType: string;
  /** How an update changes it. Default: `update`, in place. */
  readonly serviceChange?: "create" | "update";
  /** Command by which the driver asks what the API's revisions run. */
  readonly revisionsCommand: string;
  /** Command by which the driver asks for raised alarms, and an answer with one of this stack's. */
  readonly alarmsCommand: string;
  readonly alarm: (stack: ReleasedStack) => unknown;
  /** Command by which the driver asks for an image's digest, and the refusal of a missing one. */
  readonly digestCommand: string;
  readonly missing: string;
  /** Digest of the API's image of a version. */
  readonly digest: (stack: ReleasedStack, version: string) => string;
  /** A change of the program that a mandatory rule refuses. */
  readonly unsafe: Change & { readonly rule: RegExp };
  /** Moves all traffic back to what served before, as the platform would by itself. */
  readonly goBack: (stack: ReleasedStack) => void;
  /** Refuses the next move of traffic. Default: the update of a service. */
  readonly denyShift?: (stack: ReleasedStack) => void;
  /** Breaks the next move of traffic when a part of it is done. Default: the update of a service. */
  readonly breakShift?: (stack: ReleasedStack) => void;
  /** Kills the release alone when a part of the next move of traffic is done, where its update waits for that. */
  readonly dieShift?: (stack: ReleasedStack) => void;
  /** What the cloud has of the stack and its state does not know, where a killed update can leave any. */
  readonly orphans?: (stack: ReleasedStack) => readonly string[];
  /** Why the cloud moves all traffic at once, where it does. */
  readonly atOnce?: RegExp;
  /** Steps in which this cloud notices a failure later than others, by what fails. */
  readonly later?: Readonly<Record<string, Event["step"]>>;
}

/** A text in one of the project's files, and what it becomes. */
export interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** A release of one version that must not come to serve. */
export interface Failure {
  readonly what: string;
  readonly exit: number;
  /** In the last sentence that it prints. */
  readonly says: RegExp;
  /** Step in which it is noticed. */
  readonly step: Event["step"] | "none";
  run(stack: ReleasedStack, target: Target, version: string): Told | Promise<Told>;
}

/** Plants before the release begins. */
export const planted =
  (plant: (stack: ReleasedStack, target: Target, version: string) => void): Failure["run"] =>
  (stack, target, version) => {
    plant(stack, target, version);
    return stack.release(version);
  };

/** Plants while everything is stopped at a step's begin or end. */
export const plantedAt =
  (
    step: Event["step"],
    state: Event["state"],
    plant: (stack: ReleasedStack, target: Target, version: string) => void,
  ): Failure["run"] =>
  (stack, target, version) =>
    stack.start(version, (event: Event, child: ChildProcess) => {
      if (event.step !== step || event.state !== state) return;
      ReleasedStack.between(child, () => plant(stack, target, version));
    });

/** Plants a fault that passes: it is gone when the release has noticed it. */
export const passing =
  (plant: (stack: ReleasedStack, target: Target) => void, begin?: Event["step"]): Failure["run"] =>
  (stack, target, version) => {
    const set = (): void => plant(stack, target);
    if (begin === undefined) set();
    return stack.start(version, ({ step, state }, child) => {
      if (step === begin && state === "begin") ReleasedStack.between(child, set);
      if (state === "failed") ReleasedStack.between(child, () => stack.clear());
    });
  };

/** Strikes the next move of traffic by the cloud's own means, or the update of a service. */
const moving =
  (
    own: (target: Target) => ((stack: ReleasedStack) => void) | undefined,
    otherwise: Failure["run"],
  ): Failure["run"] =>
  (stack, target, version) => {
    const plant = own(target);
    return (plant ? plantedAt("promote", "begin", plant) : otherwise)(stack, target, version);
  };

/** A fault of the cloud's API at the change of a service, before or after it is done. */
const fault =
  (kind: string, after = false) =>
  (stack: ReleasedStack, { serviceType, serviceChange = "update" }: Target): void =>
    stack.plant("faults.json", [{ kind, on: serviceChange, type: serviceType, after }]);

export const failures: readonly Failure[] = [
  {
    what: "an image that is not in the registry",
    ...{ exit: 2, step: "none", says: /is not in the registry; push it first/ },
    run: planted((stack, { digestCommand, missing }) =>
      stack.plant("stand-ins.json", [{ command: digestCommand, refuse: missing, times: 0 }]),
    ),
  },
  {
    what: "a cloud that does not let us look",
    ...{ exit: 3, step: "none", says: /PERMISSION_DENIED/ },
    run: planted((stack, { revisionsCommand }) =>
      stack.plant("stand-ins.json", [
        { command: revisionsCommand, refuse: "ERROR: PERMISSION_DENIED", times: 0 },
      ]),
    ),
  },
  {
    what: "a migration that ends with an error",
    ...{ exit: 1, step: "candidate", says: /exit code 3/ },
    run: planted((stack, { jobExits }) => stack.plant(jobExits, { "*migrate*": 3 })),
  },
  {
    what: "a candidate that never becomes healthy",
    ...{ exit: 1, step: "candidate", says: /failed to start and listen/ },
    run: planted((stack, target, version) =>
      stack.plant("unhealthy.json", {
        [`*${target.digest(stack, version)}`]: "The container failed to start and listen.",
      }),
    ),
  },
  {
    what: "an update that the cloud's API denies",
    ...{ exit: 1, step: "candidate", says: /not authorized/ },
    run: passing(fault("denied")),
  },
  {
    what: "an update that the cloud does and answers with an error",
    ...{ exit: 1, step: "candidate", says: /500, internal service error/ },
    run: passing(fault("internal", true)),
  },
  {
    what: "an engine that is killed while it makes the candidate",
    ...{ exit: 1, step: "candidate", says: /pulumi up failed/ },
    run: passing(fault("kill", true)),
  },
  {
    what: "a candidate that runs another image than was asked for",
    ...{ exit: 1, step: "candidate", says: /runs sha256:f{64} and not/ },
    run: planted((stack, target, version) =>
      stack.plant("stand-ins.json", [
        {
          command: target.revisionsCommand,
          replace: { [target.digest(stack, version)]: `sha256:${"f".repeat(64)}` },
          times: 0,
        },
      ]),
    ),
  },
  {
    what: "a smoke test that gets another status",
    ...{ exit: 1, step: "smoke", says: /\/health answers 503 and not 200/ },
    run: planted((stack, target, version) =>
      stack.answers({
        image: `*${target.digest(stack, version)}`,
        ...{ path: "/health", status: 503 },
      }),
    ),
  },
  {
    what: "a smoke test that gets another header",
    ...{ exit: 1, step: "smoke", says: /answers content-type: text\/plain and not/ },
    run: planted((stack) =>
      stack.answers({
        path: "/",
        headers: { "content-type": "text/plain" },
        body: "<html>",
      }),
    ),
  },
  {
    what: "a smoke test that gets another body",
    ...{ exit: 1, step: "smoke", says: /answers a body without/ },
    run: planted((stack) =>
      stack.answers({
        path: "/",
        headers: { "content-type": "text/html" },
        body: "Welcome to nginx!",
      }),
    ),
  },
  {
    what: "a move of traffic that the cloud's API denies",
    ...{ exit: 1, step: "promote", says: /not authorized/ },
    run: moving(({ denyShift }) => denyShift, passing(fault("denied"), "promote")),
  },
  {
    what: "a move of traffic that is done half-way",
    ...{ exit: 1, step: "promote", says: /500, internal service error/ },
    run: moving(({ breakShift }) => breakShift, passing(fault("internal", true), "promote")),
  },
  {
    what: "an alarm in the bake time",
    ...{ exit: 1, step: "bake", says: /an alarm was raised/ },
    run: planted((stack, { alarmsCommand, alarm }) =>
      stack.plant("stand-ins.json", [{ command: alarmsCommand, answer: alarm(stack) }]),
    ),
  },
  {
    what: "a platform that goes back by itself and says that all is well",
    ...{ exit: 1, step: "verify", says: /the platform may have gone back by itself/ },
    run: plantedAt("settle", "done", (stack, target) => target.goBack(stack)),
  },
  {
    what: "another image that runs in the end",
    ...{ exit: 1, step: "verify", says: /runs sha256:e{64} and not/ },
    run: plantedAt("settle", "done", (stack, target, version) =>
      stack.plant("stand-ins.json", [
        {
          command: target.revisionsCommand,
          replace: { [target.digest(stack, version)]: `sha256:${"e".repeat(64)}` },
          times: 0,
        },
      ]),
    ),
  },
];
