import { CloudError } from "../lib/table";
import type { Draft, Failure, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import { KEY_ARN, LOG_GROUP, ROLE_ARN, UUID } from "./refs";

const RETENTION = [
  [0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
  [1096, 1827, 2192, 2557, 2922, 3288, 3653],
].flat();

const RESOURCE_POLICY = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";
const SUBSCRIPTION = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter";
const BY_NAME = `${LOG_GROUP}#name`;

export const logTypes: Record<string, TypeTable> = {
  [LOG_GROUP]: {
    name: { property: "name", prefixProperty: "namePrefix", max: 512 },
    defaults: { retentionInDays: 0, skipDestroy: false },
    outputs: {
      arn: "arn:{partition}:logs:{region}:{account}:log-group:{name}",
      logGroupClass: "STANDARD",
    },
    replaceOn: ["logGroupClass"],
    references: { kmsKeyId: KEY_ARN },
    loose: ["kmsKeyId"],
    validate: badRetention,
    create: refuseKey,
    update: refuseKey,
    exists: "ResourceAlreadyExistsException: The specified log group already exists",
    missing: "ResourceNotFoundException: The specified log group does not exist.",
  },
  "aws:cloudwatch/logStream:LogStream": {
    name: { property: "name", max: 512, within: ["logGroupName"] },
    id: "{name}",
    outputs: {
      arn: "arn:{partition}:logs:{region}:{account}:log-group:{in.logGroupName}:log-stream:{name}",
    },
    replaceOn: ["logGroupName"],
    references: { logGroupName: BY_NAME },
    loose: ["logGroupName"],
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    name: { property: "name", max: 512, within: ["logGroupName"] },
    replaceOn: ["logGroupName"],
    references: { logGroupName: BY_NAME },
    loose: ["logGroupName"],
  },
  [SUBSCRIPTION]: {
    name: { property: "name", max: 512, within: ["logGroup"] },
    id: "cwlsf-{digits:10}",
    defaults: { distribution: "ByLogStream" },
    replaceOn: ["logGroup", "destinationArn"],
    references: { logGroup: BY_NAME, roleArn: ROLE_ARN },
    loose: ["logGroup"],
    create: refuseThird,
  },
  [RESOURCE_POLICY]: {
    id: "{in.policyName}",
    replaceOn: ["policyName"],
    json: ["policyDocument"],
    create: refuseEleventh,
  },
  "aws:cloudwatch/queryDefinition:QueryDefinition": {
    name: { property: "name", max: 255 },
    id: UUID,
    outputs: { queryDefinitionId: "{id}" },
  },
};

function badRetention({ retentionInDays }: { retentionInDays?: unknown }): Failure[] {
  if (typeof retentionInDays !== "number" || RETENTION.includes(retentionInDays)) return [];
  return [
    {
      property: "retentionInDays",
      reason: `expected retention_in_days to be one of [${RETENTION.join(" ")}], got ${retentionInDays}`,
    },
  ];
}

/** The key's own policy has to let the log service use it. */
function refuseKey({ inputs, cloud, place, name }: Draft): undefined {
  if (inputs.kmsKeyId === undefined) return undefined;
  const key = cloud.find("aws:kms/key:Key", String(inputs.kmsKeyId), "arn");
  if (key === undefined || /logs\.[^"]*amazonaws\.com/.test(String(plain(key.outputs.policy)))) {
    return undefined;
  }
  throw new CloudError(
    "AccessDeniedException: The specified KMS key does not exist or is not allowed to be used with Arn " +
      `'arn:${place.partition}:logs:${place.region}:${place.account}:log-group:${name}'`,
  );
}

/** A log group feeds two subscriptions. */
function refuseThird({ inputs, cloud }: Draft): undefined {
  const others = cloud
    .all(SUBSCRIPTION)
    .filter(({ outputs }) => plain(outputs.logGroup) === inputs.logGroup);
  if (others.length < 2) return undefined;
  throw new CloudError("LimitExceededException: Resource limit exceeded.");
}

/** An account has ten of them in a region. */
function refuseEleventh({ cloud, place }: Draft): undefined {
  const here = `${place.account}/${place.region}`;
  const count = cloud.all(RESOURCE_POLICY).filter((other) => other.place === here).length;
  if (count < 10) return undefined;
  throw new CloudError("LimitExceededException: Resource limit exceeded.");
}
