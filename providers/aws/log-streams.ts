import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";
import { LogStream } from "@pulumi/aws/cloudwatch/logStream";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { FirehoseDeliveryStream } from "@pulumi/aws/kinesis/firehoseDeliveryStream";
import { SecretVersion } from "@pulumi/aws/secretsmanager/secretVersion";
import * as pulumi from "@pulumi/pulumi";
import type { ArchiveAttachment, SecretAttachment } from "./attachments";
import { allow, secretStatements, serviceRole } from "./identity";
import { folder, physicalName, type Scope } from "./scope";
import { stored } from "./secret-bundle";

/** What both streams deliver with. */
export interface Delivery {
  readonly roleArn: pulumi.Output<string>;
  /** Where a stream says what it could not deliver. */
  readonly errors: {
    readonly enabled: true;
    readonly logGroupName: pulumi.Output<string>;
    readonly logStreamName: pulumi.Output<string>;
  };
  /** Secret of the collector's token, in the form that Firehose reads. */
  readonly tokenArn?: pulumi.Output<string>;
  readonly ready: readonly pulumi.Resource[];
}

/** The identity of the streams: writes into the archive, and reads the token. */
export function delivery(
  scope: Scope,
  archive: ArchiveAttachment,
  token: SecretAttachment | undefined,
): Delivery {
  const { name, child, tags, environment } = scope;
  const logGroup = `/portolan/${folder(environment)}/${name}-delivery`;
  const log = new LogGroup(
    `${name}-delivery`,
    { name: logGroup, retentionInDays: 30, tags },
    child,
  );
  const stream = new LogStream(
    `${name}-delivery`,
    { name: "errors", logGroupName: log.name },
    child,
  );
  const secret = token && collectorToken(scope, token);
  const role = serviceRole(scope, `${name}-delivery`, "firehose.amazonaws.com");
  const policy = new RolePolicy(
    `${name}-delivery`,
    {
      role: role.name,
      policy: allow([
        {
          actions: ["s3:PutObject", "s3:AbortMultipartUpload"],
          resources: [archive.bucketArn.apply((arn) => `${arn}/*`)],
        },
        {
          actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
          resources: [archive.bucketArn],
        },
        { actions: ["kms:GenerateDataKey", "kms:Decrypt"], resources: [archive.keyArn] },
        {
          actions: ["logs:PutLogEvents"],
          resources: [scope.arn("logs", `log-group:${logGroup}:*`)],
        },
        ...(secret ? secretStatements(scope, [secret]) : []),
      ]),
    },
    child,
  );
  return {
    roleArn: role.arn,
    errors: { enabled: true, logGroupName: log.name, logStreamName: stream.name },
    ...(secret ? { tokenArn: secret.arn } : {}),
    ready: [policy, ...archive.ready, ...(secret?.ready ?? [])],
  };
}

/**
 * Firehose reads a token from JSON. One that the program knows is stored once more in that form;
 * an operator's own entry must have it: `{"hec_token": "…"}`.
 */
function collectorToken(scope: Scope, token: SecretAttachment): SecretAttachment {
  if (token.value === undefined) return token;
  const secret = stored(scope, "splunk", token.keyArn);
  const version = new SecretVersion(
    `${scope.name}-splunk`,
    { secretId: secret.id, secretString: pulumi.jsonStringify({ hec_token: token.value }) },
    scope.child,
  );
  return { ...token, arn: secret.arn, ready: [version] };
}

/** Log lines as CloudWatch sends them: compressed, several members in one object. */
export function archiveStream(
  scope: Scope,
  archive: ArchiveAttachment,
  { roleArn, errors, ready }: Delivery,
): FirehoseDeliveryStream {
  return stream(scope, "archive", ready, {
    destination: "extended_s3",
    extendedS3Configuration: {
      ...{ roleArn, bucketArn: archive.bucketArn, kmsKeyArn: archive.keyArn },
      prefix: "logs/!{timestamp:yyyy/MM/dd}/",
      errorOutputPrefix: "errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
      fileExtension: ".gz",
      // Half of what Firehose would wait: what is not in the archive yet can still be lost.
      bufferingInterval: 60,
      bufferingSize: 64,
      cloudwatchLoggingOptions: errors,
    },
  });
}

/** Single lines, unpacked on the way; what Splunk does not take for an hour lands in the archive. */
export function splunkStream(
  scope: Scope,
  url: string,
  archive: ArchiveAttachment,
  { roleArn, errors, tokenArn, ready }: Delivery,
): FirehoseDeliveryStream {
  if (tokenArn === undefined) throw new Error("Splunk's collector has no token");
  return stream(scope, "splunk", ready, {
    destination: "splunk",
    splunkConfiguration: {
      hecEndpoint: url,
      hecEndpointType: "Raw",
      secretsManagerConfiguration: { enabled: true, secretArn: tokenArn, roleArn },
      retryDuration: 3600,
      processingConfiguration: {
        enabled: true,
        processors: [
          {
            type: "Decompression",
            parameters: [{ parameterName: "CompressionFormat", parameterValue: "GZIP" }],
          },
          {
            type: "CloudWatchLogProcessing",
            parameters: [{ parameterName: "DataMessageExtraction", parameterValue: "true" }],
          },
        ],
      },
      s3BackupMode: "FailedEventsOnly",
      s3Configuration: {
        ...{ roleArn, bucketArn: archive.bucketArn, kmsKeyArn: archive.keyArn },
        prefix: "undelivered/",
        compressionFormat: "GZIP",
        cloudwatchLoggingOptions: errors,
      },
      cloudwatchLoggingOptions: errors,
    },
  });
}

type StreamArgs = ConstructorParameters<typeof FirehoseDeliveryStream>[1];

const stream = (
  scope: Scope,
  role: string,
  ready: readonly pulumi.Resource[],
  args: StreamArgs,
): FirehoseDeliveryStream =>
  new FirehoseDeliveryStream(
    `${scope.name}-${role}`,
    {
      name: physicalName(scope.environment, `${scope.name}-${role}`, 64),
      serverSideEncryption: { enabled: true, keyType: "AWS_OWNED_CMK" },
      tags: scope.tags,
      ...args,
    },
    { ...scope.child, dependsOn: [...ready] },
  );
