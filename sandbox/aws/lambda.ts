import { createHash } from "node:crypto";
import { CloudError } from "../lib/table";
import type { Draft, Failure, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { invoke } from "./lambda-invocations";
import { FUNCTION, KEY_ARN, ref, ROLE_ARN, SECURITY_GROUP, SUBNET, UUID } from "./refs";

const ARN = "arn:{partition}:lambda:{region}:{account}";
const INVOKE = "arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions";
const FUNCTIONS = ref(FUNCTION, "arn");

export const types: Record<string, TypeTable> = {
  [FUNCTION]: {
    name: { property: "name", max: 64 },
    defaults: {
      memorySize: 128,
      packageType: "Zip",
      publish: false,
      reservedConcurrentExecutions: -1,
      skipDestroy: false,
      timeout: 3,
    },
    outputs: {
      arn: `${ARN}:function:{name}`,
      architectures: () => ["x86_64"],
      invokeArn: `${INVOKE}/{out.arn}/invocations`,
      version: ({ inputs }: Draft) => (inputs.publish === true ? "1" : "$LATEST"),
      qualifiedArn: "{out.arn}:{out.version}",
      qualifiedInvokeArn: `${INVOKE}/{out.qualifiedArn}/invocations`,
      lastModified: now,
      codeSha256: codeHash,
      sourceCodeHash: codeHash,
      sourceCodeSize: ({ inputs }: Draft) => JSON.stringify(inputs.code ?? "").length,
      signingJobArn: "",
      signingProfileVersionArn: "",
    },
    changing: ["lastModified", "codeSha256", "sourceCodeHash", "sourceCodeSize"],
    replaceOn: ["packageType"],
    sets: ["architectures", "vpcConfig.subnetIds", "vpcConfig.securityGroupIds"],
    references: {
      role: ROLE_ARN,
      kmsKeyArn: KEY_ARN,
      "vpcConfig.subnetIds[*]": SUBNET,
      "vpcConfig.securityGroupIds[*]": SECURITY_GROUP,
    },
    // A role can be deleted while a function has it.
    loose: ["role", "kmsKeyArn"],
    validate: badFunction,
    create: refuseUntrusted,
    update: refuseUntrusted,
    exists: "ResourceConflictException: Function already exist: {name}",
    missing: "ResourceNotFoundException: Function not found: {value}",
  },
  "aws:lambda/invocation:Invocation": {
    // With some digits at the end: the same call may be made again before the old one is forgotten.
    id: "{in.functionName}_$LATEST_{hex:32}",
    defaults: { lifecycleScope: "CREATE_ONLY", qualifier: "$LATEST", terraformKey: "tf" },
    replaceOn: ["functionName", "qualifier", "input", "triggers"],
    json: ["input"],
    references: { functionName: FUNCTIONS },
    loose: ["functionName"],
    create: (draft) => ({ result: invoke(draft) }),
    seconds: 20,
  },
  "aws:lambda/permission:Permission": {
    name: { property: "statementId", prefixProperty: "statementIdPrefix", max: 100, shared: true },
    id: "{in.function}/{name}",
    replaceOn: ["function", "action", "principal", "sourceArn", "sourceAccount", "qualifier"],
    references: { function: FUNCTIONS },
    loose: ["function"],
    exists: "ResourceConflictException: The statement id ({name}) provided already exists.",
  },
  "aws:lambda/alias:Alias": {
    name: { property: "name", max: 128, within: ["functionName"] },
    id: `${ARN}:function:{in.functionName}:{name}`,
    outputs: { arn: "{id}", invokeArn: `${INVOKE}/{id}/invocations` },
    replaceOn: ["functionName"],
    references: { functionName: FUNCTIONS },
    loose: ["functionName"],
  },
  "aws:lambda/functionUrl:FunctionUrl": {
    id: "{in.functionName}",
    outputs: {
      urlId: ({ hex }: Draft) => hex(32),
      functionUrl: "https://{out.urlId}.lambda-url.{region}.on.aws/",
    },
    replaceOn: ["functionName", "qualifier"],
    references: { functionName: FUNCTIONS },
    loose: ["functionName"],
  },
  "aws:lambda/eventSourceMapping:EventSourceMapping": {
    id: UUID,
    outputs: {
      uuid: "{id}",
      arn: `${ARN}:event-source-mapping:{id}`,
      functionArn: `${ARN}:function:{in.functionName}`,
      lastModified: now,
      state: "Enabled",
    },
    replaceOn: ["eventSourceArn", "startingPosition", "startingPositionTimestamp", "queues"],
    references: { functionName: FUNCTIONS },
    loose: ["functionName"],
  },
  "aws:lambda/layerVersion:LayerVersion": {
    id: ({ inputs, place, cloud }) => {
      const layer = `arn:${place.partition}:lambda:${place.region}:${place.account}:layer:${inputs.layerName}`;
      const versions = cloud
        .all("aws:lambda/layerVersion:LayerVersion")
        .filter(({ id }) => id.startsWith(`${layer}:`))
        .map(({ id }) => Number(id.split(":").at(-1)));
      return `${layer}:${Math.max(0, ...versions) + 1}`;
    },
    outputs: {
      arn: "{id}",
      layerArn: ({ id }: Draft) => id.replace(/:\d+$/, ""),
      version: ({ id }: Draft) => id.split(":").at(-1),
      createdDate: now,
      codeSha256: codeHash,
    },
    replaceOn: [
      "layerName",
      "code",
      "compatibleRuntimes",
      "compatibleArchitectures",
      "description",
    ],
    sets: ["compatibleRuntimes", "compatibleArchitectures"],
  },
};

function now(): string {
  return new Date().toISOString();
}

/** Of what the program gives; real code is hashed as an archive. */
function codeHash({ inputs }: Draft): string {
  const given = inputs.code ?? inputs.imageUri ?? `${inputs.s3Bucket}/${inputs.s3Key}`;
  return createHash("sha256").update(JSON.stringify(given)).digest("base64");
}

function badFunction({ memorySize, timeout, packageType, handler, runtime }: Plain): Failure[] {
  const failures: Failure[] = [];
  const within = (property: string, value: unknown, from: number, to: number): void => {
    if (typeof value !== "number" || (value >= from && value <= to)) return;
    const reason = `expected ${property} to be in the range (${from} - ${to}), got ${value}`;
    failures.push({ property, reason });
  };
  within("memorySize", memorySize, 128, 10_240);
  within("timeout", timeout, 1, 900);
  if (packageType === "Zip" && (handler === undefined || runtime === undefined)) {
    failures.push({
      property: handler === undefined ? "handler" : "runtime",
      reason: "handler and runtime must be set when package_type is Zip",
    });
  }
  return failures;
}

function refuseUntrusted({ inputs, cloud }: Draft): undefined {
  const role = cloud.find("aws:iam/role:Role", String(inputs.role), "arn");
  const trust = role && String(plain(role.outputs.assumeRolePolicy));
  if (trust === undefined || trust.includes("lambda.amazonaws.com")) return undefined;
  throw new CloudError(
    "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.",
  );
}
