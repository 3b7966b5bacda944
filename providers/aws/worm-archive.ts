import { BucketObjectLockConfiguration } from "@pulumi/aws/s3/bucketObjectLockConfiguration";
import * as pulumi from "@pulumi/pulumi";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  WormArchiveBuilder,
  WormArchiveLinks,
  WormArchiveOutputs,
  WormArchiveSpec,
} from "../../components/worm-archive";
import type { ArchiveAttachment } from "./attachments";
import { logAccess } from "./bucket-logs";
import { privateBucket, type BucketOptions } from "./buckets";
import { customerKey } from "./keys";
import { checkLogDays } from "./log-days";
import { scopeOf } from "./scope";

const describe: Parity<WormArchiveSpec> = {
  retentionDays: "default retention of S3 Object Lock; the bucket's policy refuses shorter locks",
  mode: "mode of S3 Object Lock",
  writers: "workloads must send the lock headers; Data Firehose cannot and gets the default lock",
  coolAfterDays: "lifecycle to Glacier Instant Retrieval, objects below 128 KiB excepted",
  coldAfterDays: "lifecycle to Glacier Deep Archive, objects below 128 KiB excepted",
  accessLogDays: "S3 access log in a bucket of its own",
};

function resolve(spec: WormArchiveSpec, { path, problems }: ResolveContext): WormArchiveSpec {
  const { retentionDays, coolAfterDays, coldAfterDays } = spec;
  if (!Number.isInteger(retentionDays) || retentionDays < 1 || retentionDays > 36_500) {
    problems.add(
      `${path}.retentionDays`,
      `${retentionDays} days is not offered by S3 Object Lock; use 1 to 36500`,
    );
  }
  if (
    coolAfterDays !== undefined &&
    coldAfterDays !== undefined &&
    coldAfterDays <= coolAfterDays
  ) {
    problems.add(
      `${path}.coldAfterDays`,
      `${coldAfterDays} is not after coolAfterDays; use more than ${coolAfterDays}`,
    );
  }
  checkLogDays(spec.accessLogDays, `${path}.accessLogDays`, problems);
  return spec;
}

function build(request: BuildRequest<WormArchiveSpec, WormArchiveLinks>): WormArchiveOutputs {
  const scope = scopeOf(request);
  const { spec, name } = request;
  const key = customerKey(scope, "key", `Archive ${name}`, { retained: true });
  const archive = privateBucket(scope, "archive", {
    retained: true,
    objectLock: true,
    versioned: true,
    keyArn: key.arn,
    lifecycle: lifecycle(spec),
    statements: (arn) => key.arn.apply((keyArn) => refusals(spec, arn, keyArn)),
  });
  const lock = new BucketObjectLockConfiguration(
    `${name}-archive`,
    {
      bucket: archive.bucket.id,
      rule: {
        defaultRetention: { mode: spec.mode.toUpperCase(), days: spec.retentionDays },
      },
    },
    { ...archive.options, dependsOn: archive.ready },
  );
  logAccess(scope, "archive", archive, { days: spec.accessLogDays, retained: true });
  const attachment: ArchiveAttachment = {
    cloud: "aws",
    bucketArn: archive.arn,
    keyArn: key.arn,
    ready: [...archive.ready, lock],
  };
  return { bucket: archive.bucket.bucket, region: pulumi.output(scope.region), attachment };
}

/** What the bucket refuses, whoever asks and whatever else allows it. */
function refusals({ writers, mode, retentionDays }: WormArchiveSpec, arn: string, key: string) {
  const deny = (Sid: string, Action: string[], Condition?: object): object => ({
    ...{ Sid, Effect: "Deny", Principal: "*", Action, Resource: `${arn}/*` },
    ...(Condition ? { Condition } : {}),
  });
  const put = ["s3:PutObject"];
  const modes = mode === "compliance" ? ["COMPLIANCE"] : ["COMPLIANCE", "GOVERNANCE"];
  return [
    deny("NoDelete", ["s3:DeleteObject", "s3:DeleteObjectVersion"]),
    // An upload that says nothing is encrypted with the bucket's key by default.
    deny("NoOtherEncryption", put, {
      StringNotEqualsIfExists: { "s3:x-amz-server-side-encryption": "aws:kms" },
    }),
    deny("NoOtherKey", put, {
      StringNotEqualsIfExists: { "s3:x-amz-server-side-encryption-aws-kms-key-id": key },
    }),
    ...(writers === "logs"
      ? []
      : [
          deny("NoUploadWithoutLock", put, {
            StringNotEquals: { "s3:object-lock-mode": modes },
          }),
          // A day less, since the writer's clock counts from before the upload.
          deny("NoShorterLock", [...put, "s3:PutObjectRetention"], {
            NumericLessThan: {
              "s3:object-lock-remaining-retention-days": String(retentionDays - 1),
            },
          }),
        ]),
  ];
}

/** Objects stay when their lock ends: who may delete them is nobody's default. */
function lifecycle({ coolAfterDays, coldAfterDays }: WormArchiveSpec): BucketOptions["lifecycle"] {
  const transitions = [
    ...(coolAfterDays === undefined ? [] : [{ days: coolAfterDays, storageClass: "GLACIER_IR" }]),
    ...(coldAfterDays === undefined ? [] : [{ days: coldAfterDays, storageClass: "DEEP_ARCHIVE" }]),
  ];
  return [
    {
      id: "archive",
      status: "Enabled",
      filter: { prefix: "" },
      ...(transitions.length > 0 ? { transitions } : {}),
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    },
  ];
}

export const wormArchive: WormArchiveBuilder = builder({ cloud: "aws", describe, resolve, build });
