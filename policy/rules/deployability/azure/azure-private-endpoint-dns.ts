import {
  PRIVATE_ENDPOINT,
  ZONE,
  ZONE_GROUP,
  ZONE_LINK,
} from "../../../lib/deployability/azure/types";
import { ofEach } from "../../../lib/deployability/each";
import { valuesAt } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { pointingTo, target } from "../../../lib/deployability/target";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

/** The zone of a service, by the group id of its endpoint in lower case; a region may stand in the name. */
const ZONES: Readonly<Record<string, RegExp>> = {
  vault: /^privatelink\.(vaultcore\.azure\.net|vault\.azure\.net)$/,
  registry: /^privatelink\.azurecr\.io$/,
  blob: /^privatelink\.blob\.core\.windows\.net$/,
  file: /^privatelink\.file\.core\.windows\.net$/,
  queue: /^privatelink\.queue\.core\.windows\.net$/,
  table: /^privatelink\.table\.core\.windows\.net$/,
  dfs: /^privatelink\.dfs\.core\.windows\.net$/,
  web: /^privatelink\.web\.core\.windows\.net$/,
  rediscache: /^privatelink\.redis\.cache\.windows\.net$/,
  redisenterprise: /^privatelink\.(redis\.azure\.net|redisenterprise\.cache\.azure\.net)$/,
  postgresqlserver: /^privatelink\.postgres\.database\.azure\.com$/,
  mysqlserver: /^privatelink\.mysql\.database\.azure\.com$/,
  sqlserver: /^privatelink\.database\.windows\.net$/,
  sites: /^privatelink\.azurewebsites\.net$/,
  managedenvironments: /^privatelink\.[a-z0-9]+\.azurecontainerapps\.io$/,
  namespace: /^privatelink\.servicebus\.windows\.net$/,
  sql: /^privatelink\.(documents\.azure\.com|sql\.azuresynapse\.net)$/,
  configurationstores: /^privatelink\.azconfig\.io$/,
};

export const rule = deployability({
  id: "azure-private-endpoint-dns",
  title: "Clients find a private endpoint by name: its zone is right, linked and filled",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "the public name resolves to the public address, which refuses (403, timeout), or to nothing (NXDOMAIN).",
  },
  fix: "Add the service's privatelink zone, link it to the network with a VirtualNetworkLink, and register the endpoint with a PrivateDnsZoneGroup.",
  source: "https://learn.microsoft.com/azure/private-link/private-endpoint-dns",
  checkStack: ofEach([PRIVATE_ENDPOINT], (endpoint, graph) => {
    const groups = pointingTo(graph, endpoint, ZONE_GROUP, "privateEndpointName");
    if (groups.length === 0) return checkWithoutGroup(graph, endpoint);
    const services = [
      ...valuesAt(endpoint.props, "privateLinkServiceConnections[].groupIds[]"),
      ...valuesAt(endpoint.props, "manualPrivateLinkServiceConnections[].groupIds[]"),
    ].flatMap(({ text }) => (text === undefined ? [] : [text]));
    return groups.flatMap((group) =>
      valuesAt(group.props, "privateDnsZoneConfigs[].privateDnsZoneId").flatMap((at) =>
        checkZone(graph, group, at, services),
      ),
    );
  }),
});

/** Addresses may also be written into a zone one by one. */
function checkWithoutGroup(graph: Graph, endpoint: Resource): Report[] {
  const at = endpoint.at("privateLinkServiceConnections");
  const [loose] = graph
    .ofType(ZONE_GROUP)
    .filter((group) => graph.links(group, group.at("privateEndpointName")).resources.length === 0);
  const name = loose?.at("privateEndpointName");
  if (name?.unknown === true) return [undecided(name)];
  const records = graph
    .referrers(endpoint)
    .some(({ type }) => /:(PrivateRecordSet|RecordSet|NetworkInterface)$/.test(type));
  return records
    ? []
    : [violation(at, "no PrivateDnsZoneGroup registers the endpoint in a private zone")];
}

function checkZone(
  graph: Graph,
  group: Resource,
  at: Value,
  services: readonly string[],
): Report[] {
  const { resource: zone, open } = target(graph, group, at, ZONE);
  const literal = /\/privateDnsZones\/([^/]+)$/i.exec(at.text ?? "")?.[1];
  const name = zone === undefined ? literal : zone.at("privateZoneName").text;
  const wrong = checkName(at, name, services);
  if (zone === undefined) return wrong.length > 0 ? wrong : [...open];
  if (wrong.length > 0) return wrong;
  return pointingTo(graph, zone, ZONE_LINK, "privateZoneName").length > 0
    ? []
    : [violation(at, `no VirtualNetworkLink of the plan links zone ${zone.name} to a network`)];
}

/** An endpoint may have several zones; one that fits none of its services is the wrong one. */
function checkName(at: Value, name: string | undefined, services: readonly string[]): Report[] {
  const patterns = services.map((service) => ZONES[service.toLowerCase()]);
  if (name === undefined || patterns.length === 0 || patterns.includes(undefined)) return [];
  return patterns.some((pattern) => pattern?.test(name.toLowerCase()))
    ? []
    : [violation(at, `zone ${name} is not the one of ${services.join(", ")}`)];
}
