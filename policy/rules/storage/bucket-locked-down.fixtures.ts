import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const gcs = (props: object) => resource("gcp:storage/bucket:Bucket", props);
const bucket = resource("aws:s3/bucket:Bucket", {}, "b");
const block = resource(
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  { bucket: { ref: "b.id" } },
  "block",
);

export const fixtures: Fixtures = {
  good: [
    gcs({ publicAccessPrevention: "enforced", uniformBucketLevelAccess: true }),
    passes(bucket, block),
  ],
  bad: [
    gcs({ publicAccessPrevention: "inherited", uniformBucketLevelAccess: true }),
    violates(bucket),
  ],
  missing: [violates(gcs({}))],
  unknown: [gcs({ publicAccessPrevention: unknown, uniformBucketLevelAccess: true })],
  wrongType: [violates(gcs({ publicAccessPrevention: true }))],
};
