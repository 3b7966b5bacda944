import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import * as pulumi from "@pulumi/pulumi";
import type { ImageAttachment, SecretAttachment } from "./attachments";
import type { Scope } from "./scope";

export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly pulumi.Input<string>[];
  readonly condition?: Record<string, Record<string, pulumi.Input<string>>>;
}

/** A policy document of Allow statements. */
export function allow(statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: statements.map(({ actions, resources, condition }) => ({
      Effect: "Allow",
      Action: actions,
      Resource: resources,
      ...(condition ? { Condition: condition } : {}),
    })),
  });
}

/** Services that say for which account they take a role; others would be locked out by asking. */
const SAY_ACCOUNT = new Set(["ecs-tasks.amazonaws.com", "vpc-flow-logs.amazonaws.com"]);

/**
 * A role for one AWS service. Where the account limits the roles of the stack, it lies below their path
 * and within their boundary.
 */
export const serviceRole = (scope: Scope, name: string, service: string): Role =>
  new Role(
    name,
    { assumeRolePolicy: trust(scope, service), tags: scope.tags, ...scope.limits },
    scope.child,
  );

/** Lets one AWS service take a role, and not on behalf of another account where it says whose. */
function trust({ accountId }: Scope, service: string): string {
  const condition = { StringEquals: { "aws:SourceAccount": accountId } };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        ...(SAY_ACCOUNT.has(service) ? { Condition: condition } : {}),
      },
    ],
  });
}

/** The two identities of a task. */
export interface TaskRoles {
  /** Used by AWS to start the task: image, log, secrets. */
  readonly execution: Role;
  /** What the program itself is. It has no rights until a component gives it some. */
  readonly task: Role;
  /** The policies: a task started before they are attached cannot start. */
  readonly ready: pulumi.Resource[];
}

/** What a task's start needs to touch, its execution role may touch nothing else; and its program. */
export interface TaskNeeds {
  readonly images: readonly ImageAttachment[];
  readonly secrets: readonly SecretAttachment[];
  readonly logGroup: string;
  /** Rights of the program itself. */
  readonly program: readonly Statement[];
}

export function taskRoles(scope: Scope, needs: TaskNeeds): TaskRoles {
  const { name, child } = scope;
  const execution = serviceRole(scope, `${name}-execution`, "ecs-tasks.amazonaws.com");
  const task = serviceRole(scope, `${name}-task`, "ecs-tasks.amazonaws.com");
  const policy = new RolePolicy(
    `${name}-execution`,
    { role: execution.name, policy: allow(executionStatements(scope, needs)) },
    child,
  );
  const ready = [policy];
  if (needs.program.length > 0) {
    ready.push(
      new RolePolicy(`${name}-task`, { role: task.name, policy: allow(needs.program) }, child),
    );
  }
  return { execution, task, ready };
}

function executionStatements(scope: Scope, { images, secrets, logGroup }: TaskNeeds): Statement[] {
  return [
    {
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [scope.arn("logs", `log-group:${logGroup}:*`)],
    },
    // The one action of ECR that knows no resource.
    { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    {
      actions: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",
      ],
      resources: images.map(({ repositoryArn }) => repositoryArn),
    },
    ...secretStatements(scope, secrets),
  ];
}

/** Reading some secrets, and using their keys for that alone. */
export function secretStatements(scope: Scope, secrets: readonly SecretAttachment[]): Statement[] {
  const statements: Statement[] = [];
  if (secrets.length > 0) {
    statements.push({
      actions: ["secretsmanager:GetSecretValue"],
      resources: secrets.map(({ arn }) => arn),
    });
  }
  const viaSecrets = {
    StringEquals: { "kms:ViaService": `secretsmanager.${scope.region}.amazonaws.com` },
  };
  const keys = [...new Set(secrets.map(({ keyArn }) => keyArn))].filter((key) => key !== undefined);
  if (keys.length > 0) {
    statements.push({ actions: ["kms:Decrypt"], resources: keys, condition: viaSecrets });
  }
  for (const { arn } of secrets.filter(({ foreign }) => foreign)) {
    // Which key protects somebody else's entry is not known; it may be used for that entry only.
    statements.push({
      actions: ["kms:Decrypt"],
      resources: [scope.arn("kms", "key/*")],
      condition: {
        StringEquals: { ...viaSecrets.StringEquals, "kms:EncryptionContext:SecretARN": arn },
      },
    });
  }
  return statements;
}
