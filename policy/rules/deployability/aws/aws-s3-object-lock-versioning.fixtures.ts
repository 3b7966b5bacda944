import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const bucket = (props: object = {}, type = "aws:s3/bucket:Bucket") => resource(type, props, "b");
const versioning = (status: unknown = "Enabled") =>
  resource(
    "aws:s3/bucketVersioning:BucketVersioning",
    { bucket: { ref: "b.id" }, versioningConfiguration: { status } },
    "v",
  );
const lock = (dependsOn: string[] = [], more: object = {}) =>
  resource(
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    {
      bucket: { ref: "b.id" },
      rule: { defaultRetention: { mode: "COMPLIANCE", days: 30 } },
      ...more,
    },
    "lock",
    { opts: { dependsOn } },
  );

export const fixtures: Fixtures = {
  good: [
    passes(bucket({ objectLockEnabled: true }), lock()),
    passes(bucket(), versioning(), lock(["v"])),
    passes(
      bucket({}, "aws:s3/bucketV2:BucketV2"),
      versioning(),
      lock([], { bucket: { ref: "v.bucket" } }),
    ),
    passes(bucket({ versioning: { enabled: true } }), lock()),
    passes(bucket(), versioning("Suspended")),
  ],
  bad: [
    violates(bucket(), versioning(), lock()),
    violates(bucket(), lock()),
    violates(bucket(), versioning("Suspended"), lock(["v"])),
    violates(bucket({ objectLockEnabled: false }), lock()),
    violates(
      bucket({ objectLockEnabled: true }),
      lock([], { rule: { defaultRetention: { mode: "COMPLIANCE" } } }),
    ),
    violates(
      bucket({ objectLockEnabled: true }),
      lock([], { rule: { defaultRetention: { days: 1, years: 1 } } }),
    ),
    violates(bucket({ objectLockEnabled: true }), versioning("Suspended")),
    violates(bucket({}, "aws:s3/bucketV2:BucketV2"), lock()),
  ],
  missing: [passes(lock([], { bucket: undefined }))],
  unknown: [
    waits(bucket({ objectLockEnabled: unknown }), lock()),
    waits(bucket(), versioning(unknown), lock(["v"])),
    waits(lock([], { bucket: unknown })),
    waits(lock([], { bucket: "somebodys-bucket" })),
  ],
  wrongType: [
    violates(bucket({ objectLockEnabled: [] }), lock()),
    passes(bucket({ objectLockEnabled: true }), lock([], { rule: 7 })),
  ],
};
