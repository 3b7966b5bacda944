import { mustBeAtLeast } from "../../lib/check/simple";
import { forTypes, type Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "cache-snapshot",
  title: "Caches keep snapshots",
  severity: "low",
  category: "backup",
  profile: "strict",
  why: "A cache that holds sessions, queues or counters loses them with its last node.",
  fix: { aws: "Set snapshotRetentionLimit to the days you need; 0 keeps none." },
  controls: { nist: ["CP-9"], cis: ["11.2"] },
  check: forTypes(
    ["aws:elasticache/replicationGroup:ReplicationGroup", "aws:memorydb/cluster:Cluster"],
    (resource) =>
      mustBeAtLeast(resource.at("snapshotRetentionLimit"), 1, "the cache keeps no snapshot"),
  ),
};
