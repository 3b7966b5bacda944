import { MANAGED_REDIS, MANAGED_REDIS_DATABASE } from "../../../lib/deployability/azure/types";
import { ofEach } from "../../../lib/deployability/each";
import { urlsTo } from "../../../lib/deployability/endpoints";
import { about, type StackReport } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { pointingTo } from "../../../lib/deployability/target";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";

const ASSIGNMENT = "azure-native:redisenterprise:AccessPolicyAssignment";

export const rule = deployability({
  id: "azure-managed-redis-access-keys",
  title: "A Managed Redis database lets its clients log in: by access keys or by assignments",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "WRONGPASS / NOAUTH for every client, or listDatabaseKeys fails; keys are off by default.",
  },
  fix: "Set accessKeysAuthentication to Enabled where clients use a key; otherwise give each client's identity an AccessPolicyAssignment.",
  source: "https://learn.microsoft.com/azure/redis/entra-for-authentication",
  checkStack: {
    types: [MANAGED_REDIS_DATABASE],
    run: (graph, context) => [
      ...ofEach([MANAGED_REDIS_DATABASE], (database): Report[] => {
        const keys = database.at("accessKeysAuthentication");
        if (keys.isWord("Enabled")) return [];
        // An assignment names its database by a plain text that is the same for all of them.
        if (graph.ofType(ASSIGNMENT).length > 0) return [];
        if (keys.unknown) return [undecided(keys)];
        return [
          violation(keys, "access keys are off, and nothing in the plan lets anybody log in"),
        ];
      }).run(graph, context),
      ...checkUrls(graph),
    ],
  },
});

/** A URL with a password in it uses a key. */
function checkUrls(graph: Graph): StackReport[] {
  return urlsTo(graph, [MANAGED_REDIS], ["hostName"], /^rediss?$/i).flatMap((url) => {
    if (!/^[^@/]*:/.test(url.before)) return [];
    return pointingTo(graph, url.store, MANAGED_REDIS_DATABASE, "clusterName").flatMap(
      (database) => {
        const keys = database.at("accessKeysAuthentication");
        if (keys.unknown || keys.isWord("Enabled")) return [];
        const message = `the URL holds a key of ${url.store.name}, whose access keys are off`;
        return about(url.resource, [violation(url.at, message)]);
      },
    );
  });
}
