import { mustBeOneOf, mustBeTrue } from "../../lib/check/simple";
import type { Graph } from "../../lib/graph/graph";
import { violation, type Report, type Rule } from "../../lib/rule";
import type { Resource } from "../../lib/resource";

const BUCKET = "aws:s3/bucket:Bucket";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";
const MESSAGE = "overwritten and deleted objects are lost";

function withoutVersioning(graph: Graph): (Report & { resource: Resource })[] {
  const versioned = new Set(
    graph
      .ofType(VERSIONING)
      .flatMap((item) => graph.links(item, item.at("bucket"), [BUCKET]).resources),
  );
  return graph
    .ofType(BUCKET)
    .filter((bucket) => !versioned.has(bucket) && bucket.at("versioning.enabled").boolean !== true)
    .map((bucket) => ({ ...violation(bucket.at("versioning"), MESSAGE), resource: bucket }));
}

export const rule: Rule = {
  id: "bucket-versioning",
  title: "Buckets keep earlier versions of their objects",
  severity: "medium",
  category: "backup",
  profile: "strict",
  why: "A bucket has no other backup: one wrong sync or one intruder deletes for good.",
  fix: {
    aws: "Add a BucketVersioning with status Enabled.",
    azure: "Set isVersioningEnabled and deleteRetentionPolicy of the blob service.",
    gcp: "Set versioning.enabled to true.",
  },
  controls: { nist: ["CP-9", "SI-12"], cis: ["11.2"] },
  check: {
    [VERSIONING]: (resource) =>
      mustBeOneOf(resource.at("versioningConfiguration.status"), ["Enabled"], MESSAGE),
    "gcp:storage/bucket:Bucket": (resource) =>
      // Google Cloud refuses versioning together with a retention policy, which forbids deletion anyway.
      resource.at("retentionPolicy").present
        ? []
        : mustBeTrue(resource.at("versioning.enabled"), MESSAGE),
    "azure-native:storage:BlobServiceProperties": (resource) =>
      mustBeTrue(resource.at("isVersioningEnabled"), MESSAGE),
  },
  checkStack: { types: [BUCKET], run: withoutVersioning },
};
