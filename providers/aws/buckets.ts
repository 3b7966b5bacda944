import { Bucket } from "@pulumi/aws/s3/bucket";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning";
import * as pulumi from "@pulumi/pulumi";
import { physicalName, type Scope } from "./scope";

type LifecycleRules = ConstructorParameters<typeof BucketLifecycleConfiguration>[1]["rules"];

export interface BucketOptions {
  /** Outlives the stack: dropped from the state by a destroy, with everything that guards it. */
  readonly retained?: boolean;
  readonly objectLock?: boolean;
  readonly versioned?: boolean;
  /** Key that new objects are encrypted with; absent: S3's own. */
  readonly keyArn?: pulumi.Output<string>;
  readonly lifecycle: LifecycleRules;
  /** Statements of the bucket's policy, besides the one that refuses connections without TLS. */
  readonly statements: (arn: string) => pulumi.Input<object[]>;
}

export interface PrivateBucket {
  readonly bucket: Bucket;
  readonly arn: pulumi.Output<string>;
  /** Options of whatever else guards the bucket. */
  readonly options: pulumi.CustomResourceOptions;
  /** Closed, encrypted and with its policy. */
  readonly ready: pulumi.Resource[];
}

/** A bucket that nobody can make public: encrypted, owned by the account alone, TLS only. */
export function privateBucket(scope: Scope, role: string, options: BucketOptions): PrivateBucket {
  const { environment, tags, partition } = scope;
  const name = `${scope.name}-${role}`;
  const { retained = false } = options;
  const guard = { ...scope.child, ...(retained ? { retainOnDelete: true } : {}) };
  const naming = bucketName(scope, role, retained);
  const bucket = new Bucket(
    name,
    {
      ...naming,
      ...(options.objectLock ? { objectLockEnabled: true } : {}),
      forceDestroy: !environment.protected && !retained,
      tags,
    },
    { ...guard, protect: environment.protected },
  );
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
    guard,
  );
  const owned = new BucketOwnershipControls(
    name,
    { ...id, rule: { objectOwnership: "BucketOwnerEnforced" } },
    guard,
  );
  const ready: pulumi.Resource[] = [encryption(name, id, options.keyArn, guard)];
  if (options.versioned) {
    ready.push(
      new BucketVersioning(name, { ...id, versioningConfiguration: { status: "Enabled" } }, guard),
    );
  }
  new BucketLifecycleConfiguration(
    name,
    { ...id, rules: options.lifecycle },
    // Rules about earlier versions need versions.
    { ...guard, dependsOn: ready },
  );
  const arn = naming.bucket ? pulumi.output(`arn:${partition}:s3:::${naming.bucket}`) : bucket.arn;
  const policy = new BucketPolicy(
    name,
    {
      ...id,
      policy: arn.apply((arn) =>
        pulumi
          .output(options.statements(arn))
          .apply((statements) =>
            JSON.stringify({ Version: "2012-10-17", Statement: [tlsOnly(arn), ...statements] }),
          ),
      ),
    },
    { ...guard, dependsOn: [closed, owned] },
  );
  return { bucket, arn, options: guard, ready: [...ready, policy] };
}

/**
 * The account is part of a fixed name, since names of buckets are shared by everybody. One that
 * outlives its stack must not be in the way of the next stack of that name.
 */
function bucketName(
  { name, environment, accountId }: Scope,
  role: string,
  retained: boolean,
): { bucket?: string; bucketPrefix?: string } {
  return retained
    ? { bucketPrefix: `${physicalName(environment, `${name}-${role}`, 36)}-` }
    : { bucket: physicalName(environment, `${name}-${role}-${accountId}`, 63) };
}

/** A bucket key spares a call of KMS, and its price, for every object. */
function encryption(
  name: string,
  id: { bucket: pulumi.Output<string> },
  keyArn: pulumi.Output<string> | undefined,
  options: pulumi.CustomResourceOptions,
): BucketServerSideEncryptionConfiguration {
  const rule = keyArn
    ? {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
        bucketKeyEnabled: true,
      }
    : { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
  return new BucketServerSideEncryptionConfiguration(name, { ...id, rules: [rule] }, options);
}

const tlsOnly = (arn: string): object => ({
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [arn, `${arn}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

/** Deletes every object after some days, and what is left of broken uploads after one. */
export const expireAfter = (days: number): LifecycleRules => [
  {
    id: "expire",
    status: "Enabled",
    filter: { prefix: "" },
    expiration: { days },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
  },
];
