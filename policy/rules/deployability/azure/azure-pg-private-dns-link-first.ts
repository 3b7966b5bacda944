import { ofEach } from "../../../lib/deployability/each";
import { NETWORK, POSTGRES, SUBNET, ZONE, ZONE_LINK } from "../../../lib/deployability/azure/types";
import { deployability } from "../../../lib/deployability/rule";
import { pointingTo, target } from "../../../lib/deployability/target";
import type { Graph } from "../../../lib/graph/graph";
import { violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

export const rule = deployability({
  id: "azure-pg-private-dns-link-first",
  title: "A PostgreSQL server in a network waits until its private zone is linked to the network",
  fails: {
    when: "create",
    effect: "error",
    answer:
      'PrivateDnsZoneNotLinked, or the server comes up and the apps could not translate host name "...postgres.database.azure.com".',
  },
  fix: "Name the zone in network.privateDnsZoneArmResourceId, link it to the network with a VirtualNetworkLink, and let the server depend on the link (dependsOn).",
  source:
    "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
  check: {
    [POSTGRES]: (server) => {
      const subnet = server.at("network.delegatedSubnetResourceId");
      const zone = server.at("network.privateDnsZoneArmResourceId");
      return subnet.present && !server.at("network").unknown && zone.absent
        ? [violation(zone, "the server stands in a subnet, and no private zone is named for it")]
        : [];
    },
  },
  checkStack: ofEach([POSTGRES], (server, graph) => {
    const at = server.at("network.privateDnsZoneArmResourceId");
    if (server.at("network.delegatedSubnetResourceId").absent) return [];
    const { resource: zone, open } = target(graph, server, at, ZONE);
    if (zone === undefined) return open;
    const links = pointingTo(graph, zone, ZONE_LINK, "privateZoneName");
    const network = networkOf(graph, server);
    const fitting = links.filter((link) => leadsTo(graph, link, network));
    const before = graph.closure(server);
    if (fitting.some((link) => before.has(link))) return [];
    const [later] = fitting;
    const message =
      later !== undefined
        ? `nothing makes it wait for ${later.name}, the link of zone ${zone.name}`
        : links.length > 0
          ? `zone ${zone.name} is linked to other networks than ${network?.name ?? "its own"}`
          : `nothing in the plan links zone ${zone.name} to a network`;
    return [violation(at, message)] satisfies Report[];
  }),
});

function networkOf(graph: Graph, server: Resource): Resource | undefined {
  const at = server.at("network.delegatedSubnetResourceId");
  const subnet = target(graph, server, at, SUBNET).resource;
  return subnet && target(graph, subnet, subnet.at("virtualNetworkName"), NETWORK).resource;
}

/** False only for a link that surely leads to another network. */
function leadsTo(graph: Graph, link: Resource, network: Resource | undefined): boolean {
  const { resource } = target(graph, link, link.at("virtualNetwork.id"), NETWORK);
  return resource === undefined || network === undefined || resource === network;
}
