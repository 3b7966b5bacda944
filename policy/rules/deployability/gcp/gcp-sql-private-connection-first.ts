import { ofEach } from "../../../lib/deployability/each";
import { checkPeered } from "../../../lib/deployability/gcp/peering";
import { REDIS, SQL } from "../../../lib/deployability/gcp/types";
import { deployability } from "../../../lib/deployability/rule";
import { undecided } from "../../../lib/rule";

const ALLOYDB = "gcp:alloydb/cluster:Cluster";

export const rule = deployability({
  id: "gcp-sql-private-connection-first",
  title: "A store with a private address waits for the peering of its network",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "400: Invalid request: Incorrect Service Networking config for instance: NETWORK_NOT_PEERED, because the network doesn't have at least 1 private services connection.",
  },
  fix: "Let the instance depend on the servicenetworking.Connection of its network (dependsOn); nothing in its properties names it.",
  source: "https://cloud.google.com/sql/docs/postgres/configure-private-services-access",
  checkStack: ofEach([SQL, REDIS, ALLOYDB], (store, graph) => {
    if (store.type === SQL) {
      const configuration = store.at("settings.ipConfiguration");
      if (configuration.at("pscConfigs").present && configuration.at("privateNetwork").absent)
        return [];
      return checkPeered(graph, store, configuration.at("privateNetwork"));
    }
    if (store.type === ALLOYDB)
      return store.at("pscConfig").present
        ? []
        : checkPeered(graph, store, store.at("networkConfig.network"));
    const mode = store.at("connectMode");
    if (mode.unknown) return [undecided(mode)];
    return mode.isWord("PRIVATE_SERVICE_ACCESS")
      ? checkPeered(graph, store, store.at("authorizedNetwork"))
      : [];
  }),
});
