import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { Function } from "@pulumi/aws/lambda/function";
import * as pulumi from "@pulumi/pulumi";
import { allow, serviceRole, type Statement } from "./identity";
import { physicalName, type Scope } from "./scope";

export interface SmallFunction {
  readonly function: Function;
  readonly functionName: string;
  readonly logGroup: string;
}

/**
 * A function from one file of `functions/`. It runs outside the stack's network: it only calls
 * AWS's own interfaces, and needs neither a gateway nor a security group for that.
 */
export function smallFunction(
  scope: Scope,
  role: string,
  options: {
    readonly file: string;
    readonly description: string;
    readonly timeoutSeconds: number;
    /** Default 256: enough for waiting. */
    readonly memoryMiB?: number;
    readonly statements: readonly Statement[];
    readonly variables?: Record<string, string>;
    readonly logDays: number;
  },
): SmallFunction {
  const { name, child, tags, environment } = scope;
  const functionName = physicalName(environment, `${name}-${role}`, 64);
  const logGroup = `/aws/lambda/${functionName}`;
  const log = new LogGroup(
    `${name}-${role}`,
    { name: logGroup, retentionInDays: options.logDays, tags },
    child,
  );
  const identity = serviceRole(scope, `${name}-${role}`, "lambda.amazonaws.com");
  const policy = new RolePolicy(
    `${name}-${role}`,
    {
      role: identity.name,
      policy: allow([
        {
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [scope.arn("logs", `log-group:${logGroup}:*`)],
        },
        ...options.statements,
      ]),
    },
    child,
  );
  const code = readFileSync(join(__dirname, "functions", options.file), "utf8");
  const fn = new Function(
    `${name}-${role}`,
    {
      name: functionName,
      description: options.description,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      memorySize: options.memoryMiB ?? 256,
      timeout: options.timeoutSeconds,
      role: identity.arn,
      code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(code) }),
      ...(options.variables ? { environment: { variables: options.variables } } : {}),
      loggingConfig: { logFormat: "JSON", logGroup: log.name },
      tags,
    },
    { ...child, dependsOn: [policy] },
  );
  return { function: fn, functionName, logGroup };
}
