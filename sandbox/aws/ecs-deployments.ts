import { sickness } from "../lib/images";
import { isRolledBack } from "../lib/rolled-back";
import type { CloudObject } from "../lib/store";
import { CloudError } from "../lib/table";
import type { CloudView, Draft } from "../lib/table";
import { randomHex } from "../lib/template";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { containersOf } from "./ecs-task-checks";
import { taskDefinitionOf } from "./ecs-tasks";

/** What ECS remembers of a service; newest last. */
export interface EcsHistory {
  readonly revisions: readonly EcsRevision[];
  readonly deployments: readonly EcsDeployment[];
}

export interface EcsRevision {
  readonly arn: string;
  readonly taskDefinition: string;
  readonly containers: readonly { readonly name: string; readonly image: string }[];
  readonly created: string;
}

export interface EcsDeployment {
  readonly arn: string;
  /** ARNs of revisions; the first deployment of a service has no source. */
  readonly source?: string;
  readonly target: string;
  readonly status: "IN_PROGRESS" | "SUCCESSFUL" | "ROLLBACK_SUCCESSFUL";
  readonly reason?: string;
  readonly stage: Stage | "CLEAN_UP";
  /** Stages at which it waits, and the pause that is under way. */
  readonly pauses: readonly Pause[];
  readonly hook?: Hook;
  readonly created: string;
  readonly shifted?: string;
  readonly finished?: string;
}

interface Pause {
  readonly stage: string;
  readonly minutes: number;
  readonly action: string;
}

interface Hook {
  readonly id: string;
  readonly expires: string;
  readonly action: string;
}

/** Stages at which a simulated deployment can be seen. Those between them take no time. */
const STAGES = ["POST_TEST_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT"] as const;
type Stage = (typeof STAGES)[number];

export const historyOf = (service: CloudObject): EcsHistory =>
  (service.history as EcsHistory | undefined) ?? { revisions: [], deployments: [] };

/** The first deployment of a service has nobody to wait for. */
export function firstDeployment(draft: Draft): EcsHistory {
  const history = begun({ revisions: [], deployments: [] }, draft, []);
  return ended(history, "SUCCESSFUL");
}

/**
 * Deploys a revision beside the one that serves, and waits until it is over, as the real provider
 * does. The deployment goes on in the cloud's own state, whether or not anybody waits.
 */
export async function deploy(draft: Draft, service: CloudObject): Promise<void> {
  const { cloud, inputs } = draft;
  const history = historyOf(cloud.now(service));
  const wanted: unknown = inputs.taskDefinition;
  const underWay = history.deployments.find(({ status }) => status === "IN_PROGRESS");
  const goesOn = underWay !== undefined && taskOf(history, underWay.target) === wanted;
  const before = servingRevision(history)?.taskDefinition ?? plain(service.outputs.taskDefinition);
  if (!goesOn && before === wanted && underWay === undefined) return;
  if (!goesOn) {
    const quiet = underWay ? ended(history, "ROLLBACK_SUCCESSFUL", "replaced by another") : history;
    cloud.remember(service, advance(begun(quiet, draft, pausesOf(inputs))));
  }
  if (inputs.waitForSteadyState !== true) return;
  await end(cloud, service);
  const last = historyOf(cloud.now(service)).deployments.at(-1);
  const target = last && revisionOf(historyOf(cloud.now(service)), last.target);
  if (last?.status === "SUCCESSFUL" || target === undefined) return;
  if (target.containers.some(({ image }) => isRolledBack(image))) return;
  throw new CloudError(
    `waiting for ECS Service (${draft.id}) to reach a steady state: the deployment was rolled back: ` +
      `${last?.reason} (simulated)`,
  );
}

async function end(cloud: CloudView, service: CloudObject): Promise<void> {
  for (;;) {
    const history = historyOf(cloud.now(service));
    const last = history.deployments.at(-1);
    if (last?.status !== "IN_PROGRESS") return;
    const { hook } = last;
    if (hook !== undefined && Date.parse(hook.expires) <= Date.now()) {
      cloud.remember(service, act(history, hook.action, "the pause hook timed out"));
    } else await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function begun(history: EcsHistory, draft: Draft, pauses: readonly Pause[]): EcsHistory {
  const { id, inputs, cloud } = draft;
  const created = new Date().toISOString();
  const part = (kind: string): string => `${id.replace(":service/", `:${kind}/`)}/${randomHex(20)}`;
  const definition = taskDefinitionOf(cloud, inputs.taskDefinition);
  const found = containersOf(definition?.containerDefinitions);
  const containers = found === "broken" ? [] : found;
  const revision: EcsRevision = {
    arn: part("service-revision"),
    taskDefinition: String(inputs.taskDefinition),
    containers: containers.map(({ name, image }: Plain) => ({ name, image })),
    created,
  };
  const source = servingRevision(history)?.arn;
  const deployment: EcsDeployment = {
    arn: part("service-deployment"),
    ...(source === undefined ? {} : { source }),
    target: revision.arn,
    status: "IN_PROGRESS",
    stage: STAGES[0],
    pauses,
    created,
  };
  return {
    revisions: [...history.revisions, revision],
    deployments: [...history.deployments, deployment],
  };
}

/** From the start to the first pause, or to the end. */
function advance(history: EcsHistory): EcsHistory {
  const last = history.deployments.at(-1) as EcsDeployment;
  const target = revisionOf(history, last.target) as EcsRevision;
  const problem = target.containers.map(({ image }) => sickness(image)).find(Boolean);
  if (problem !== undefined) {
    return ended(history, "ROLLBACK_SUCCESSFUL", `circuit breaker: tasks failed: ${problem}`);
  }
  if (target.containers.some(({ image }) => isRolledBack(image))) {
    return ended(history, "ROLLBACK_SUCCESSFUL", "circuit breaker: tasks failed");
  }
  return from(history, 0);
}

/** Through the stages from this one on, until somebody has to act. */
function from(history: EcsHistory, first: number): EcsHistory {
  for (const stage of STAGES.slice(first)) {
    history = entered(history, stage);
    if (history.deployments.at(-1)?.hook !== undefined) return history;
  }
  return ended(history, "SUCCESSFUL");
}

/** A window that ends in going on needs nobody: simulated time passes at once. */
function entered(history: EcsHistory, stage: Stage): EcsHistory {
  const last = history.deployments.at(-1) as EcsDeployment;
  const pause = last.pauses.find((each) => each.stage === stage && each.action === "ROLLBACK");
  const { hook: _over, ...rest } = last;
  return changed(history, {
    ...rest,
    stage,
    ...(stage === STAGES[1] ? { shifted: new Date().toISOString() } : {}),
    ...(pause ? { hook: hookOf(pause) } : {}),
  });
}

const hookOf = ({ minutes, action }: Pause): Hook => ({
  id: `ecs-pause-${randomHex(32)}`,
  expires: new Date(Date.now() + minutes * 60_000).toISOString(),
  action,
});

/** What `ContinueServiceDeployment` and the end of a pause do. */
export function act(history: EcsHistory, action: string, why: string): EcsHistory {
  const last = history.deployments.at(-1) as EcsDeployment;
  if (action === "ROLLBACK") return ended(history, "ROLLBACK_SUCCESSFUL", why);
  return from(history, STAGES.indexOf(last.stage as Stage) + 1);
}

function ended(
  history: EcsHistory,
  status: "SUCCESSFUL" | "ROLLBACK_SUCCESSFUL",
  reason?: string,
): EcsHistory {
  const { hook: _over, ...rest } = history.deployments.at(-1) as EcsDeployment;
  const finished = new Date().toISOString();
  const why = reason === undefined ? {} : { reason };
  return changed(history, { ...rest, status, stage: "CLEAN_UP", finished, ...why });
}

const changed = (history: EcsHistory, last: EcsDeployment): EcsHistory => ({
  ...history,
  deployments: [...history.deployments.slice(0, -1), last],
});

/** The revision that has the production traffic. */
export function servingRevision(history: EcsHistory): EcsRevision | undefined {
  const serves = history.deployments.findLast(
    ({ status, stage }) =>
      status === "SUCCESSFUL" || (status === "IN_PROGRESS" && stage === STAGES[1]),
  );
  return serves && revisionOf(history, serves.target);
}

/** The revision that test traffic reaches: the candidate's, while there is one. */
export function testedRevision(history: EcsHistory): EcsRevision | undefined {
  const last = history.deployments.at(-1);
  return last?.status === "IN_PROGRESS"
    ? revisionOf(history, last.target)
    : servingRevision(history);
}

export const revisionOf = ({ revisions }: EcsHistory, arn: string): EcsRevision | undefined =>
  revisions.find((revision) => revision.arn === arn);

const taskOf = (history: EcsHistory, revision: string): string | undefined =>
  revisionOf(history, revision)?.taskDefinition;

const pausesOf = (inputs: Plain): Pause[] =>
  ((inputs.deploymentConfiguration?.lifecycleHooks ?? []) as Plain[])
    .filter(({ targetType }: Plain) => targetType === "PAUSE")
    .flatMap(({ lifecycleStages, timeoutConfiguration }: Plain) =>
      (lifecycleStages as string[]).map((stage) => ({
        stage,
        minutes: Number(timeoutConfiguration?.timeoutInMinutes ?? 1440),
        action: String(timeoutConfiguration?.action ?? "ROLLBACK"),
      })),
    );
