import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const bucket = (
  props: object = {},
  opts: object = { protect: true },
  type = "aws:s3/bucket:Bucket",
) => resource(type, { objectLockEnabled: true, ...props }, "b", { opts });
const lock = (defaultRetention: unknown = { mode: "COMPLIANCE", days: 30 }) =>
  resource(
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    { bucket: { ref: "b.id" }, rule: { defaultRetention } },
    "lock",
  );
const lifecycle = (days: number, status = "Enabled") =>
  resource(
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    { bucket: { ref: "b.id" }, rules: [{ id: "old", status, expiration: { days } }] },
    "life",
  );

export const fixtures: Fixtures = {
  good: [
    passes(bucket(), lock()),
    passes(bucket({}, { retainOnDelete: true }), lock()),
    passes(bucket({ forceDestroy: true }, {}), lock({ mode: "GOVERNANCE", days: 30 })),
    passes(bucket(), lock(), lifecycle(30)),
    passes(bucket(), lock(), lifecycle(7, "Disabled")),
  ],
  bad: [
    violates(bucket({ forceDestroy: true }, {}), lock()),
    violates(bucket({ forceDestroy: true }), lock()),
    violates(bucket({}, {}), lock()),
    violates(bucket({}, {}, "aws:s3/bucketV2:BucketV2"), lock({ mode: "compliance", years: 1 })),
    violates(bucket(), lock(), lifecycle(7)),
    violates(bucket(), lock({ mode: "COMPLIANCE", years: 1 }), lifecycle(90)),
  ],
  missing: [passes(bucket({}, {}), lock({})), passes(bucket({}, {}), lock(null))],
  unknown: [waits(bucket({}, {}), lock({ mode: unknown, days: 30 })), waits(lock())],
  wrongType: [passes(bucket({}, {}), lock(7)), violates(bucket({ forceDestroy: [] }, {}), lock())],
};
