import { mustBeOneOf, mustBeTrue } from "../../lib/check/simple";
import type { Graph } from "../../lib/graph/graph";
import { violation, type Report, type Rule } from "../../lib/rule";
import type { Resource } from "../../lib/resource";

const BUCKET = "aws:s3/bucket:Bucket";
const LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";

/** A bucket that can be locked and is not keeps nothing from being deleted. */
function withoutRule(graph: Graph): (Report & { resource: Resource })[] {
  const locked = new Set(
    graph.ofType(LOCK).flatMap((lock) => graph.links(lock, lock.at("bucket"), [BUCKET]).resources),
  );
  return graph
    .ofType(BUCKET)
    .filter((bucket) => bucket.at("objectLockEnabled").boolean === true && !locked.has(bucket))
    .filter((bucket) => bucket.at("objectLockConfiguration.rule").absent)
    .map((bucket) => ({
      ...violation(
        bucket.at("objectLockEnabled"),
        "object lock is on, but no default retention is set",
      ),
      resource: bucket,
    }));
}

export const rule: Rule = {
  id: "worm-locked",
  title: "Archives that are to be kept cannot be shortened by anybody",
  severity: "high",
  category: "worm",
  profile: "baseline",
  why: "A retention that administrators can lift protects against accidents, not against an intruder who is one.",
  fix: {
    aws: 'Set rule.defaultRetention.mode of the object lock to "COMPLIANCE", with days or years.',
    azure: 'Lock the immutability policy (state "Locked").',
    gcp: "Set retentionPolicy.isLocked to true.",
  },
  controls: { nist: ["AU-9", "AU-9(2)", "AU-11"], cis: ["8.10", "11.3"] },
  check: {
    [LOCK]: (resource) => {
      const retention = resource.at("rule.defaultRetention");
      return mustBeOneOf(
        retention.at("mode"),
        ["COMPLIANCE"],
        "administrators can delete what is locked",
      );
    },
    "gcp:storage/bucket:Bucket": (resource) => {
      const policy = resource.at("retentionPolicy");
      return policy.absent
        ? []
        : mustBeTrue(policy.at("isLocked"), "the retention can be lifted at any time");
    },
    "azure-native:storage:StorageAccount": (resource) => {
      const state = resource.at("immutableStorageWithVersioning.immutabilityPolicy.state");
      return mustBeOneOf(state, ["Locked"], "the retention can be lifted at any time", "passes");
    },
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": (resource) =>
      resource.at("changeableForDays").present
        ? []
        : [
            violation(
              resource.at("changeableForDays"),
              "the vault's lock can be removed at any time",
            ),
          ],
  },
  checkStack: { types: [BUCKET], run: withoutRule },
};
