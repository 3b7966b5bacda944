import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const bucket = resource("aws:s3/bucket:Bucket", {}, "b");
const versioning = (status: unknown) =>
  resource(
    "aws:s3/bucketVersioning:BucketVersioning",
    { bucket: { ref: "b.id" }, versioningConfiguration: { status } },
    "v",
  );
const gcs = (props: object) => resource("gcp:storage/bucket:Bucket", props);

export const fixtures: Fixtures = {
  good: [
    passes(bucket, versioning("Enabled")),
    gcs({ versioning: { enabled: true } }),
    gcs({ retentionPolicy: {} }),
  ],
  bad: [violates(bucket), versioning("Suspended"), gcs({ versioning: { enabled: false } })],
  missing: [violates(gcs({})), violates(versioning(undefined))],
  unknown: [versioning(unknown), gcs({ versioning: unknown })],
  wrongType: [violates(gcs({ versioning: 7 }))],
};
