import { rule as retentionValues } from "../../policy/rules/deployability/aws/aws-log-retention-values";
import { rule as keyPolicy } from "../../policy/rules/deployability/aws/aws-logs-kms-key-policy";
import { CloudError } from "../lib/table";
import type { Draft, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import { KEY_ARN, LOG_GROUP, ROLE_ARN, UUID } from "./refs";

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
    rules: [retentionValues, keyPolicy],
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
