import type { Draft, Failure, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import { CloudError } from "../lib/table";
import type { Plain } from "../lib/values";
import { LOG_GROUP, ROLE_ARN } from "./refs";

const BUCKET_ARN = "aws:s3/bucket:Bucket#arn";

/** Each destination has its own block, and some keep a bucket for what they could not deliver. */
const BLOCKS: Readonly<Record<string, string>> = {
  extended_s3: "extendedS3Configuration",
  splunk: "splunkConfiguration",
  http_endpoint: "httpEndpointConfiguration",
};

export const types: Record<string, TypeTable> = {
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
    name: { property: "name", max: 64 },
    id: "arn:{partition}:firehose:{region}:{account}:deliverystream/{name}",
    outputs: {
      arn: "{id}",
      destinationId: "destinationId-000000000001",
      versionId: "1",
    },
    replaceOn: ["destination", "kinesisSourceConfiguration", "mskSourceConfiguration"],
    references: {
      "extendedS3Configuration.bucketArn": BUCKET_ARN,
      "extendedS3Configuration.roleArn": ROLE_ARN,
      "extendedS3Configuration.cloudwatchLoggingOptions.logGroupName": LOG_GROUP,
      "splunkConfiguration.s3Configuration.bucketArn": BUCKET_ARN,
      "splunkConfiguration.s3Configuration.roleArn": ROLE_ARN,
      "splunkConfiguration.secretsManagerConfiguration.roleArn": ROLE_ARN,
    },
    loose: ["extendedS3Configuration.cloudwatchLoggingOptions.logGroupName"],
    validate: badDestination,
    create: refuseRole,
    exists: "ResourceInUseException: Firehose {name} already exists",
    missing: "ResourceNotFoundException: Firehose {value} not found",
    seconds: 60,
  },
};

function badDestination({ destination, ...inputs }: Plain): Failure[] {
  const block = BLOCKS[String(destination)];
  if (block === undefined || inputs[block] !== undefined) return [];
  return [
    { property: block, reason: `"${block}" is required when destination is "${destination}"` },
  ];
}

function refuseRole({ inputs, cloud }: Draft): undefined {
  const { roleArn } =
    inputs.extendedS3Configuration ?? inputs.splunkConfiguration?.s3Configuration ?? {};
  const role = cloud.find("aws:iam/role:Role", String(roleArn), "arn");
  const trust = String(plain(role?.outputs.assumeRolePolicy));
  if (role === undefined || trust.includes("firehose.amazonaws.com")) return undefined;
  throw new CloudError(
    "InvalidArgumentException: Firehose is unable to assume role " +
      `${String(roleArn)}. Please check the role provided.`,
  );
}
