import { mustBeOneOf, mustBeTrue } from "../../lib/check/simple";
import type { Graph } from "../../lib/graph/graph";
import { violation, type Report, type Rule } from "../../lib/rule";
import type { Resource } from "../../lib/resource";

const BUCKET = "aws:s3/bucket:Bucket";
const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

function withoutBlock(graph: Graph): (Report & { resource: Resource })[] {
  if (graph.ofType("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock").length > 0)
    return [];
  const blocked = new Set(
    graph
      .ofType(BLOCK)
      .flatMap((block) => graph.links(block, block.at("bucket"), [BUCKET]).resources),
  );
  return graph
    .ofType(BUCKET)
    .filter((bucket) => !blocked.has(bucket))
    .map((bucket) => ({
      ...violation(bucket.props, "no public access block stands before the bucket"),
      resource: bucket,
    }));
}

export const rule: Rule = {
  id: "bucket-locked-down",
  title: "Buckets cannot be made public by mistake",
  severity: "medium",
  category: "public-bucket",
  profile: "strict",
  why: "A later ACL or policy can open a bucket; the block refuses it whoever writes it.",
  fix: {
    aws: "Add a BucketPublicAccessBlock with all four switches on.",
    azure: "Set allowBlobPublicAccess to false.",
    gcp: "Set publicAccessPrevention to enforced and uniformBucketLevelAccess to true.",
  },
  controls: { nist: ["AC-3", "AC-6"], cis: ["3.3"] },
  check: {
    "gcp:storage/bucket:Bucket": (resource) => [
      ...mustBeOneOf(
        resource.at("publicAccessPrevention"),
        ["enforced"],
        "the bucket can be made public",
      ),
      ...mustBeTrue(resource.at("uniformBucketLevelAccess"), "single objects can be made public"),
    ],
  },
  checkStack: { types: [BUCKET], run: withoutBlock },
};
