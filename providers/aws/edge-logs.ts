import { Bucket } from "@pulumi/aws/s3/bucket";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration";
import type * as pulumi from "@pulumi/pulumi";
import { physicalName, type Scope } from "./scope";

export interface AccessLogs {
  readonly bucket: pulumi.Output<string>;
  /** Delivery is tested when logging is switched on, so these come before the load balancer. */
  readonly ready: pulumi.Resource[];
}

/** Bucket for the load balancer's access logs: private, encrypted, TLS only, emptied by age. */
export function accessLogs(scope: Scope, days: number): AccessLogs {
  const { name, environment, child, tags, partition, accountId } = scope;
  // The account is part of the name, since names of buckets are shared by everybody.
  const bucketName = physicalName(environment, `${name}-logs-${accountId}`, 63);
  const bucket = new Bucket(
    `${name}-logs`,
    { bucket: bucketName, forceDestroy: !environment.protected, tags },
    { ...child, protect: environment.protected },
  );
  const id = { bucket: bucket.id };
  const closed = new BucketPublicAccessBlock(
    `${name}-logs`,
    {
      ...id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    child,
  );
  const owned = new BucketOwnershipControls(
    `${name}-logs`,
    { ...id, rule: { objectOwnership: "BucketOwnerEnforced" } },
    child,
  );
  // SSE-S3: load balancers cannot deliver to a bucket that encrypts with a KMS key.
  const encrypted = new BucketServerSideEncryptionConfiguration(
    `${name}-logs`,
    { ...id, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    child,
  );
  new BucketLifecycleConfiguration(
    `${name}-logs`,
    {
      ...id,
      rules: [
        {
          id: "expire",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { days },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        },
      ],
    },
    child,
  );
  const arn = `arn:${partition}:s3:::${bucketName}`;
  const policy = new BucketPolicy(
    `${name}-logs`,
    {
      ...id,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Delivery",
            Effect: "Allow",
            Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: `${arn}/AWSLogs/${accountId}/*`,
          },
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [arn, `${arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
    },
    { ...child, dependsOn: [closed, owned] },
  );
  return { bucket: bucket.bucket, ready: [policy, encrypted] };
}
