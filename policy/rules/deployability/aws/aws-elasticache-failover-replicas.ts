import { CACHE } from "../../../lib/deployability/aws/types";
import { deployability } from "../../../lib/deployability/rule";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-elasticache-failover-replicas",
  title: "A cache that fails over has a replica to fail over to",
  fails: {
    when: "preview",
    effect: "error",
    answer: '"num_cache_clusters": must be at least 2 if automatic_failover_enabled is true.',
  },
  fix: "Set numCacheClusters to 2 or more (or replicasPerNodeGroup to 1) with automaticFailoverEnabled, and automaticFailoverEnabled with multiAzEnabled.",
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html",
  check: {
    [CACHE]: (cache) => [...checkReplicas(cache), ...checkZones(cache), ...checkShards(cache)],
  },
});

function checkReplicas(cache: Resource): Report[] {
  const failover = cache.at("automaticFailoverEnabled");
  if (failover.unknown) return [undecided(failover)];
  if (failover.boolean !== true) return [];
  const clusters = cache.at("numCacheClusters");
  const replicas = cache.at("replicasPerNodeGroup");
  const groups = cache.at("numNodeGroups");
  const [unknown] = [clusters, replicas, groups].filter((value) => value.unknown);
  if (unknown !== undefined) return [undecided(unknown)];
  // Shards fail over without replicas too, and a member of a global group takes over its size.
  if ((groups.number ?? 1) > 1 || cache.at("globalReplicationGroupId").present) return [];
  const zones = cache.at("preferredCacheClusterAzs").each.length;
  const count = replicas.present ? (replicas.number ?? 0) + 1 : (clusters.number ?? (zones || 1));
  if (count >= 2) return [];
  return [violation(failover, `it fails over by itself, but has ${count} node`)];
}

function checkZones(cache: Resource): Report[] {
  const zones = cache.at("multiAzEnabled");
  const failover = cache.at("automaticFailoverEnabled");
  if (zones.boolean !== true || failover.boolean === true) return [];
  if (failover.unknown) return [undecided(failover)];
  return [
    {
      ...violation(zones, "it spans zones, but does not fail over by itself"),
      answer: "automatic_failover_enabled must be true if multi_az_enabled is true",
    },
  ];
}

function checkShards(cache: Resource): Report[] {
  const clusters = cache.at("numCacheClusters");
  const groups = cache.at("numNodeGroups");
  const replicas = cache.at("replicasPerNodeGroup");
  const reports: Report[] = [];
  const other = [groups, replicas].find((value) => value.present);
  if (clusters.present && other !== undefined) {
    reports.push({
      ...violation(clusters, `numCacheClusters and ${other.path} are both set`),
      answer: `"num_cache_clusters": conflicts with ${other.path === "numNodeGroups" ? "num_node_groups" : "replicas_per_node_group"}`,
    });
  }
  const mode = cache.at("clusterMode");
  const group = cache.at("parameterGroupName");
  if ((groups.number ?? 1) > 1 && mode.absent && group.absent) {
    reports.push({
      ...violation(groups, "it has several shards, but cluster mode is not on"),
      answer:
        "InvalidParameterCombination: a group with several shards needs a parameter group with cluster-enabled yes",
    });
  }
  return reports;
}
