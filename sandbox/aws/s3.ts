import type { CloudObject } from "../lib/store";
import { CloudError } from "../lib/table";
import type { Draft, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import { ANY_KEY } from "./shared";

const BUCKET = "aws:s3/bucket:Bucket";
const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Where requests to websites and aliases go is fixed per region; one of them stands for all. */
const HOSTED_ZONE = "Z21DNDUVLTQW6Q";

const bucket: TypeTable = {
  scope: "global",
  name: { property: "bucket", prefixProperty: "bucketPrefix", max: 63, auto: { lower: true } },
  defaults: { forceDestroy: false },
  outputs: {
    arn: "arn:{partition}:s3:::{name}",
    bucketDomainName: "{name}.s3.amazonaws.com",
    bucketRegionalDomainName: "{name}.s3.{region}.amazonaws.com",
    hostedZoneId: HOSTED_ZONE,
    objectLockEnabled: false,
  },
  replaceOn: ["objectLockEnabled"],
  validate: ({ bucket: name }) =>
    typeof name !== "string" || NAME.test(name)
      ? []
      : [
          {
            property: "bucket",
            reason: `"${name}" is no bucket name: 3 to 63 lower-case letters, digits, dots and hyphens`,
          },
        ],
  exists: "api error BucketAlreadyOwnedByYou: the bucket {name} exists already",
  missing: "api error NoSuchBucket: The specified bucket does not exist: {value}",
  remove: (object, cloud) => {
    const inside = cloud
      .all("aws:s3/bucketObject:BucketObject")
      .some((other) => isIn(other, object));
    if (!inside || plain(object.outputs.forceDestroy) === true) return;
    throw new CloudError(
      `api error BucketNotEmpty: The bucket you tried to delete is not empty (${object.id})`,
    );
  },
};

function isIn(other: CloudObject, { id }: CloudObject): boolean {
  return plain(other.outputs.bucket) === id;
}

/** One aspect of a bucket; there is one of each per bucket, and it goes with the bucket. */
const ASPECT: TypeTable = {
  scope: "global",
  id: "{in.bucket}",
  references: { bucket: BUCKET },
  loose: ["bucket"],
  replaceOn: ["bucket"],
  json: ["policy"],
};

/** The same where the program may say whose bucket it has to be. */
const OWNED: TypeTable = { ...ASPECT, replaceOn: ["bucket", "expectedBucketOwner"] };

const ASPECTS = [
  ...["bucketPolicy:BucketPolicy", "bucketPublicAccessBlock:BucketPublicAccessBlock"],
  ...["bucketOwnershipControls:BucketOwnershipControls", "bucketNotification:BucketNotification"],
];
const OWNED_ASPECTS = [
  ...["bucketVersioning:BucketVersioning", "bucketLogging:BucketLogging", "bucketAcl:BucketAcl"],
  "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "bucketCorsConfiguration:BucketCorsConfiguration",
  "bucketWebsiteConfiguration:BucketWebsiteConfiguration",
];

export const types: Record<string, TypeTable> = {
  [BUCKET]: bucket,
  ...Object.fromEntries(ASPECTS.map((aspect) => [`aws:s3/${aspect}`, ASPECT])),
  ...Object.fromEntries(OWNED_ASPECTS.map((aspect) => [`aws:s3/${aspect}`, OWNED])),
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": {
    ...ASPECT,
    create: (draft) => {
      requireVersioning(draft);
      return undefined;
    },
  },
  "aws:s3/bucketObject:BucketObject": {
    scope: "global",
    id: "{in.bucket}/{in.key}",
    outputs: {
      etag: "{hex:32}",
      arn: "arn:{partition}:s3:::{in.bucket}/{in.key}",
      storageClass: "STANDARD",
    },
    references: { bucket: BUCKET, kmsKeyId: ANY_KEY },
    loose: ["bucket", "kmsKeyId"],
    replaceOn: ["bucket", "key"],
    changing: ["etag"],
  },
};

function requireVersioning({ cloud, inputs }: Draft): void {
  const versioning = cloud.find("aws:s3/bucketVersioning:BucketVersioning", inputs.bucket);
  if (plain(versioning?.outputs.versioningConfiguration)?.status === "Enabled") return;
  throw new CloudError(
    "api error InvalidRequest: Versioning must be 'Enabled' on the bucket to apply a replication configuration",
  );
}
