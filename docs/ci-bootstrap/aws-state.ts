import { Alias } from "@pulumi/aws/kms/alias";
import { Key } from "@pulumi/aws/kms/key";
import { Bucket } from "@pulumi/aws/s3/bucket";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning";
import type * as pulumi from "@pulumi/pulumi";

export interface AwsPlace {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
}

export interface StackState {
  readonly bucket: pulumi.Output<string>;
  readonly bucketArn: string;
  readonly keyArn: pulumi.Output<string>;
  readonly alias: string;
}

/** Days in which an overwritten or deleted state can be had back. */
const VERSION_DAYS = 180;

/** A stack's own bucket and key: staging's identities then reach nothing of production's. */
export function stateOf(stack: string, { partition, accountId, region }: AwsPlace): StackState {
  const name = `portolan-ci-${stack}`;
  // Without them nobody can deploy, roll back or even destroy.
  const kept: pulumi.CustomResourceOptions = { protect: true, retainOnDelete: true };
  const tags = { "portolan:ci": stack };
  const key = new Key(
    name,
    {
      description: `Pulumi state and secrets of ${stack}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Account",
            Effect: "Allow",
            Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
            Action: "kms:*",
            Resource: "*",
          },
        ],
      }),
      tags,
    },
    kept,
  );
  const alias = `alias/${name}`;
  new Alias(name, { name: alias, targetKeyId: key.id }, kept);

  const fixed = `${name}-${accountId}-${region}`;
  const bucket = new Bucket(name, { bucket: fixed, forceDestroy: false, tags }, kept);
  const id = { bucket: bucket.id };
  const closed = new BucketPublicAccessBlock(
    name,
    {
      ...id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    kept,
  );
  new BucketOwnershipControls(
    name,
    { ...id, rule: { objectOwnership: "BucketOwnerEnforced" } },
    kept,
  );
  new BucketServerSideEncryptionConfiguration(
    name,
    {
      ...id,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
          bucketKeyEnabled: true,
        },
      ],
    },
    kept,
  );
  const versions = new BucketVersioning(
    name,
    { ...id, versioningConfiguration: { status: "Enabled" } },
    kept,
  );
  new BucketLifecycleConfiguration(
    name,
    {
      ...id,
      rules: [
        {
          id: "old-versions",
          status: "Enabled",
          filter: { prefix: "" },
          noncurrentVersionExpiration: { noncurrentDays: VERSION_DAYS },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    },
    { ...kept, dependsOn: versions },
  );
  const bucketArn = `arn:${partition}:s3:::${fixed}`;
  new BucketPolicy(
    name,
    {
      ...id,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [bucketArn, `${bucketArn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
    },
    { ...kept, dependsOn: closed },
  );
  return { bucket: bucket.bucket, bucketArn, keyArn: key.arn, alias };
}
