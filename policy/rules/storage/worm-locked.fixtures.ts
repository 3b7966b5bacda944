import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const lock = (mode: unknown) =>
  resource(
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    { bucket: { ref: "b.id" }, rule: { defaultRetention: { mode, days: 2555 } } },
    "lock",
  );
const bucket = resource("aws:s3/bucket:Bucket", { objectLockEnabled: true }, "b");
const gcs = (retentionPolicy: unknown) =>
  resource("gcp:storage/bucket:Bucket", { retentionPolicy });

export const fixtures: Fixtures = {
  good: [
    lock("COMPLIANCE"),
    passes(bucket, lock("COMPLIANCE")),
    gcs({ retentionPeriod: "1", isLocked: true }),
  ],
  bad: [lock("GOVERNANCE"), violates(bucket), gcs({ retentionPeriod: "1" })],
  missing: [violates(lock(undefined)), passes(gcs(undefined))],
  unknown: [lock(unknown), gcs({ isLocked: unknown })],
  wrongType: [violates(lock(5))],
};
