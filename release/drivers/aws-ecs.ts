import type { Revision } from "../driver";
import type { StackResource } from "../stack";
import { aws, isCode, milliseconds, type Time } from "./aws-cli";

/** A service of ECS, as the state names it. */
export interface Place {
  /** Name in the description. */
  readonly service: string;
  readonly arn: string;
  readonly region: string;
  readonly cluster: string;
  /** ECS's name of it. */
  readonly name: string;
  readonly urn: string;
}

/** One deployment of a service, as the list of them tells of it. */
export interface Listed {
  readonly serviceDeploymentArn: string;
  readonly createdAt: Time;
  readonly status: string;
}

/** The same, as `describe-service-deployments` tells of it. */
export interface Deployment extends Listed {
  readonly statusReason?: string;
  readonly lifecycleStage?: string;
  readonly lifecycleHookDetails?: readonly Hook[];
  readonly sourceServiceRevisions?: readonly Share[];
  readonly targetServiceRevision?: Share;
  readonly rollback?: { readonly serviceRevisionArn?: string };
}

interface Hook {
  readonly hookId: string;
  readonly targetType: string;
  readonly status: string;
}

interface Share {
  readonly arn: string;
  readonly requestedProductionTrafficWeight?: number;
}

interface ServiceRevision {
  readonly serviceRevisionArn: string;
  readonly taskDefinition: string;
  readonly containerImages?: readonly ContainerImage[];
}

interface ContainerImage {
  readonly containerName: string;
  readonly image: string;
  readonly imageDigest?: string;
}

interface Task {
  readonly taskDefinitionArn: string;
  readonly containers: readonly {
    readonly name: string;
    readonly image: string;
    readonly imageDigest?: string;
  }[];
}

/** Stages from which on a new revision is known to be healthy. */
const HEALTHY = [
  ...["TEST_TRAFFIC_SHIFT", "POST_TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT"],
  ...["POST_PRODUCTION_TRAFFIC_SHIFT", "BAKE_TIME", "CLEAN_UP"],
];

/** What ECS says to an answer that comes too late. */
const OVER = ["InvalidParameterException", "ClientException", "ConflictException"];

/** `arn:aws:ecs:<region>:<account>:service/<cluster>/<name>`. */
export function placeOf(service: string, { id = "", urn }: StackResource): Place {
  const [, , , region = "", , path = ""] = id.split(":");
  const [, cluster = "", name = ""] = path.split("/");
  return { service, arn: id, region, cluster, name, urn };
}

/** The newest deployment in the list, whose own order is not documented. */
export async function newestListed({ region, cluster, name }: Place): Promise<Listed | undefined> {
  const { serviceDeployments: all } = await aws<{ serviceDeployments: readonly Listed[] }>(
    region,
    ...["ecs", "list-service-deployments", "--cluster", cluster, "--service", name],
  );
  return [...all].sort((a, b) => milliseconds(b.createdAt) - milliseconds(a.createdAt))[0];
}

/** Everything that ECS tells of a deployment of the list. */
export async function described(
  { region }: Place,
  { serviceDeploymentArn: arn }: Listed,
): Promise<Deployment | undefined> {
  const { serviceDeployments } = await aws<{ serviceDeployments: readonly Deployment[] }>(
    region,
    ...["ecs", "describe-service-deployments", "--service-deployment-arns", arn],
  );
  return serviceDeployments[0];
}

export async function newestDeployment(place: Place): Promise<Deployment | undefined> {
  const newest = await newestListed(place);
  return newest && (await described(place, newest));
}

/** The newest deployment, as long as ECS has not finished it. */
export async function unfinished(place: Place): Promise<Deployment | undefined> {
  const newest = await newestListed(place);
  return newest && isUnderWay(newest) ? described(place, newest) : undefined;
}

const isUnderWay = ({ status }: Listed): boolean =>
  /^(PENDING|IN_PROGRESS|.*_REQUESTED|ROLLBACK_IN_PROGRESS)$/.test(status);

/** Whether it is on its way to the new revision, and not back from it. */
export const goesOn = ({ status }: Listed): boolean =>
  status === "PENDING" || status === "IN_PROGRESS";

/** The pause that waits for an answer. */
export const waitingHook = ({ lifecycleHookDetails = [] }: Deployment): Hook | undefined =>
  lifecycleHookDetails.find(
    ({ targetType, status }) => targetType === "PAUSE" && status === "AWAITING_ACTION",
  );

/** Answers a pause. */
export async function answer(
  { region }: Place,
  { serviceDeploymentArn }: Deployment,
  { hookId }: Hook,
  action: "CONTINUE" | "ROLLBACK",
): Promise<void> {
  await unlessOver(
    aws(
      region,
      ...["ecs", "continue-service-deployment", "--service-deployment-arn", serviceDeploymentArn],
      ...["--hook-id", hookId, "--action", action],
    ),
  );
}

/** Goes back from a deployment that does not wait for an answer. */
export async function stop({ region }: Place, deployment: Deployment): Promise<void> {
  await unlessOver(
    aws(
      region,
      ...["ecs", "stop-service-deployment"],
      ...["--service-deployment-arn", deployment.serviceDeploymentArn, "--stop-type", "ROLLBACK"],
    ),
  );
}

/** ECS goes on by itself, too: what is over cannot be answered, and the next look shows what came of it. */
async function unlessOver(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!OVER.some((code) => isCode(error, code))) throw error;
  }
}

/** Revisions with traffic and the newest one, as the newest deployment leaves them. */
export async function revisionsOf(place: Place, deployment: Deployment): Promise<Revision[]> {
  const shares = sharesOf(deployment);
  const [told, tasks] = await Promise.all([
    aws<{ serviceRevisions: readonly ServiceRevision[] }>(
      place.region,
      ...["ecs", "describe-service-revisions", "--service-revision-arns", ...shares.keys()],
    ),
    tasksOf(place),
  ]);
  const newest = deployment.targetServiceRevision?.arn;
  return [...shares].map(([arn, percent]) => {
    const revision = told.serviceRevisions.find((each) => each.serviceRevisionArn === arn);
    const { taskDefinition = arn, containerImages = [] } = revision ?? {};
    const own = containerImages.find(({ containerName }) => containerName === place.service);
    const running = tasks
      .filter(({ taskDefinitionArn }) => taskDefinitionArn === taskDefinition)
      .flatMap(({ containers }) => containers.filter(({ name }) => name === place.service));
    // What runs counts more than what ECS was told to run.
    const other = running.find(
      ({ imageDigest }) => imageDigest !== undefined && imageDigest !== own?.imageDigest,
    );
    const digest = other?.imageDigest ?? own?.imageDigest;
    return {
      name: taskDefinition,
      image: own?.image ?? "",
      ...(digest === undefined ? {} : { digest }),
      percent,
      newest: arn === newest,
      ...(arn === newest ? healthOf(deployment) : { healthy: "yes" as const }),
    };
  });
}

/** Percent of the production traffic by revision. */
function sharesOf(deployment: Deployment): Map<string, number> {
  const { status, sourceServiceRevisions = [], targetServiceRevision: target } = deployment;
  const shares = new Map<string, number>();
  const isBack = status === "STOPPED" || status === "ROLLBACK_SUCCESSFUL";
  const back = deployment.rollback?.serviceRevisionArn ?? sourceServiceRevisions[0]?.arn;
  if (target) {
    const weight = target.requestedProductionTrafficWeight ?? 0;
    shares.set(target.arn, status === "SUCCESSFUL" ? 100 : isBack ? 0 : weight);
  }
  if (isBack && back !== undefined) shares.set(back, 100);
  if (status === "SUCCESSFUL" || isBack) return shares;
  const rest = 100 - (shares.get(target?.arn ?? "") ?? 0);
  for (const { arn, requestedProductionTrafficWeight: weight = rest } of sourceServiceRevisions) {
    if (weight > 0) shares.set(arn, weight);
  }
  return shares;
}

function healthOf(deployment: Deployment): Pick<Revision, "healthy" | "reason"> {
  const { status, statusReason, lifecycleStage = "" } = deployment;
  const reason = statusReason ? { reason: statusReason } : {};
  if (status === "SUCCESSFUL") return { healthy: "yes" };
  if (!goesOn(deployment)) return { healthy: "no", ...reason };
  return { healthy: HEALTHY.includes(lifecycleStage) ? "yes" : "unknown", ...reason };
}

async function tasksOf({ region, cluster, name }: Place): Promise<readonly Task[]> {
  const { taskArns } = await aws<{ taskArns: readonly string[] }>(
    region,
    ...["ecs", "list-tasks", "--cluster", cluster, "--service-name", name],
    ...["--desired-status", "RUNNING"],
  );
  if (taskArns.length === 0) return [];
  // One answer tells of a hundred tasks at most.
  const { tasks } = await aws<{ tasks: readonly Task[] }>(
    region,
    ...["ecs", "describe-tasks", "--cluster", cluster, "--tasks", ...taskArns.slice(0, 100)],
  );
  return tasks;
}
