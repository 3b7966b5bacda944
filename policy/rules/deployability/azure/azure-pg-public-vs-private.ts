import { hasPrivateEndpoint } from "../../../lib/deployability/azure/firewalls";
import { POSTGRES, POSTGRES_FIREWALL } from "../../../lib/deployability/azure/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { target } from "../../../lib/deployability/target";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "azure-pg-public-vs-private",
  title:
    "A PostgreSQL server is either in a network or reached from outside, not both and not neither",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer: "4xx: firewall rules and public access are not offered for a server in a network.",
  },
  fix: "Leave publicNetworkAccess and firewall rules off a server with delegatedSubnetResourceId; give a server with public access Disabled a private endpoint (groupIds postgresqlServer).",
  source: "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking",
  check: {
    [POSTGRES]: (server) => {
      const network = server.at("network");
      const access = network.at("publicNetworkAccess");
      if (network.unknown || network.at("delegatedSubnetResourceId").absent) return [];
      if (access.unknown) return [undecided(access)];
      return access.isWord("Enabled")
        ? [violation(access, "public access is enabled for a server in a subnet")]
        : [];
    },
  },
  checkStack: {
    types: [POSTGRES, POSTGRES_FIREWALL],
    run: (graph, context) => [
      ...ofEach([POSTGRES_FIREWALL], (firewall) => {
        const at = firewall.at("serverName");
        const { resource: server, open } = target(graph, firewall, at, POSTGRES);
        if (server === undefined) return open;
        const network = server.at("network");
        if (network.unknown) return [undecided(network)];
        return network.at("delegatedSubnetResourceId").present
          ? [violation(at, `${server.name} stands in a network, which takes no firewall rules`)]
          : [];
      }).run(graph, context),
      ...ofEach([POSTGRES], (server): Report[] => {
        const network = server.at("network");
        const access = network.at("publicNetworkAccess");
        if (network.at("delegatedSubnetResourceId").present || !access.isWord("Disabled"))
          return [];
        return hasPrivateEndpoint(graph, server)
          ? []
          : [
              {
                ...violation(access, "no private endpoint leads to a server closed to the public"),
                answer: "the server is created, and nothing can connect to it.",
              },
            ];
      }).run(graph, context),
    ],
  },
});
