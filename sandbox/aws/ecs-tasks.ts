import type { CloudView, Draft } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { containersOf } from "./ecs-task-checks";
import { LOG_GROUP, TASK_DEFINITION } from "./refs";

const ROLE = "aws:iam/role:Role";
const REPOSITORY = "aws:ecr/repository:Repository";
const SECRET = "aws:secretsmanager/secret:Secret";
const SECRET_VERSION = "aws:secretsmanager/secretVersion:SecretVersion";

/** State of a task definition by ARN, or of the newest revision by ARN without it or family. */
export function taskDefinitionOf(cloud: CloudView, wanted: unknown): Plain | undefined {
  const value = String(wanted);
  const exact = cloud.find(TASK_DEFINITION, value);
  if (exact !== undefined) return plain(exact.outputs);
  const revisions: Plain[] = cloud
    .all(TASK_DEFINITION)
    .map(({ outputs }) => plain(outputs) as Plain)
    .filter(({ arnWithoutRevision, family, revision }) =>
      [arnWithoutRevision, family, `${family}:${revision}`].includes(value),
    );
  return revisions.sort((a, b) => b.revision - a.revision)[0];
}

/** References of the images that a task of this definition runs. */
export function imagesOf(definition: Plain): string[] {
  const containers = containersOf(definition.containerDefinitions);
  return containers === "broken" ? [] : containers.map(({ image }: Plain) => String(image));
}

/** Why a task of this definition would not start, as far as the simulated cloud can tell. */
export function taskProblem({ cloud, place }: Draft, definition: Plain): string | undefined {
  const containers = containersOf(definition.containerDefinitions);
  if (containers === "broken") return "the container definitions cannot be read";
  for (const role of [definition.executionRoleArn, definition.taskRoleArn]) {
    const problem = role === undefined ? undefined : trustProblem(cloud, role);
    if (problem !== undefined) return problem;
  }
  for (const container of containers) {
    const problem =
      imageProblem(cloud, container.image, place.account) ??
      logProblem(cloud, container.logConfiguration) ??
      secretsProblem(cloud, container.secrets ?? []);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function trustProblem(cloud: CloudView, arn: string): string | undefined {
  const role = cloud.find(ROLE, arn, "arn");
  if (role === undefined) return `ECS was unable to assume the role '${arn}': it does not exist`;
  const trust = String(plain(role.outputs.assumeRolePolicy));
  if (trust.includes("ecs-tasks.amazonaws.com")) return undefined;
  return (
    `ECS was unable to assume the role '${arn}'. Please verify that the role being passed has the proper ` +
    "trust relationship and permissions"
  );
}

/** Repositories of this account have to exist; what is in others nobody knows. */
function imageProblem(
  cloud: CloudView,
  image: unknown,
  account: string | undefined,
): string | undefined {
  const [, owner, name] = /^(\d{12})\.dkr\.ecr\.[^/]+\/([^:@]+)/.exec(String(image)) ?? [];
  if (name === undefined || owner !== account) return undefined;
  if (cloud.find(REPOSITORY, name, "name") !== undefined) return undefined;
  return `CannotPullContainerError: ${String(image)}: the repository '${name}' does not exist`;
}

function logProblem(cloud: CloudView, log: Plain): string | undefined {
  const group: unknown = log?.options?.["awslogs-group"];
  if (log?.logDriver !== "awslogs" || typeof group !== "string") return undefined;
  if (log.options["awslogs-create-group"] === "true") return undefined;
  if (cloud.find(LOG_GROUP, group) !== undefined) return undefined;
  return (
    "ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon CloudWatch " +
    `log group '${group}'`
  );
}

/** A secret that this cloud knows needs a value; one that it does not know is somebody else's. */
function secretsProblem(cloud: CloudView, secrets: readonly Plain[]): string | undefined {
  for (const { valueFrom } of secrets) {
    const [arn, fields] = splitSecret(String(valueFrom));
    if (arn === undefined) continue;
    if (fields.length !== 0 && fields.length !== 3) {
      return (
        "ResourceInitializationError: unable to pull secrets: unexpected ARN format with parameters when trying " +
        `to retrieve ASM secret: ${String(valueFrom)}`
      );
    }
    if (cloud.find(SECRET, arn, "arn") === undefined) continue;
    const filled = cloud
      .all(SECRET_VERSION)
      .some(({ outputs }) => [plain(outputs.secretId), plain(outputs.arn)].includes(arn));
    if (filled) continue;
    return (
      "ResourceInitializationError: unable to pull secrets: ResourceNotFoundException: Secrets Manager can't find the " +
      `specified secret value for staging label: AWSCURRENT (${arn})`
    );
  }
  return undefined;
}

/** `<arn of the secret>:<key>:<stage>:<version>` -> the ARN and the three fields, which may be absent. */
function splitSecret(valueFrom: string): [string | undefined, string[]] {
  const parts = valueFrom.split(":");
  if (parts[2] !== "secretsmanager") return [undefined, []];
  return [parts.slice(0, 7).join(":"), parts.slice(7)];
}
