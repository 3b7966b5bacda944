import { MANAGED_REDIS, MANAGED_REDIS_DATABASE } from "../../../lib/deployability/azure/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { pointingTo } from "../../../lib/deployability/target";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "azure-managed-redis-database",
  title: "A Managed Redis cluster has exactly one database, called default",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer: "BadRequest: the database of a cluster is called 'default', and there is only one.",
  },
  fix: 'Add one Database with databaseName "default" to the cluster; leave sku.capacity off unless the sku is one of Enterprise.',
  source: "https://learn.microsoft.com/azure/redis/overview",
  check: {
    [MANAGED_REDIS]: (cluster): Report[] => {
      const sku = cluster.at("sku.name");
      const capacity = cluster.at("sku.capacity");
      if (capacity.absent || sku.absent || /^Enterprise/i.test(sku.text ?? "Enterprise")) return [];
      return [
        violation(capacity, `capacity does not go with ${sku.text}, whose name says the size`),
      ];
    },
    [MANAGED_REDIS_DATABASE]: (database) => {
      const name = database.at("databaseName");
      if (name.unknown) return [undecided(name)];
      return name.isWord("default")
        ? []
        : [violation(name, `the database is called ${name.text ?? "by an automatic name"}`)];
    },
  },
  checkStack: ofEach([MANAGED_REDIS], (cluster, graph): Report[] => {
    const all = graph.ofType(MANAGED_REDIS_DATABASE);
    const own = pointingTo(graph, cluster, MANAGED_REDIS_DATABASE, "clusterName");
    if (own.length > 1)
      return [violation(cluster.props, `${own.length} databases belong to it, only one can`)];
    if (own.length === 1) return [];
    const [unknown] = all.map((one) => one.at("clusterName")).filter((name) => name.unknown);
    if (unknown !== undefined && graph.ofType(MANAGED_REDIS).length === 1) return [];
    return [
      {
        ...violation(cluster.props, "no database of the plan belongs to it"),
        answer: "the cluster is created, and has no endpoint to connect to.",
      },
    ];
  }),
});
