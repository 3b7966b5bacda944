import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { all, any, no, unknown, YES, type Answer } from "../answer";
import { isResolved, pointsTo } from "../pointer";
import { placeIn, vnetIn, type Place } from "./places";

export const ENDPOINT = "azure-native:network:PrivateEndpoint";
export const ZONE = "azure-native:privatedns:PrivateZone";
const LINK = "azure-native:privatedns:VirtualNetworkLink";
const ZONE_GROUP = "azure-native:network:PrivateDnsZoneGroup";

/** Zone that a private endpoint's name has to stand in, by what it leads to (`groupIds`). */
export const PRIVATE_ZONES: Readonly<Record<string, string>> = {
  vault: "privatelink.vaultcore.azure.net",
  registry: "privatelink.azurecr.io",
  file: "privatelink.file.core.windows.net",
  blob: "privatelink.blob.core.windows.net",
  rediscache: "privatelink.redis.cache.windows.net",
  redisenterprise: "privatelink.redis.azure.net",
  postgresqlserver: "privatelink.postgres.database.azure.com",
  mysqlserver: "privatelink.mysql.database.azure.com",
  sqlserver: "privatelink.database.windows.net",
  sql: "privatelink.documents.azure.com",
};

/** Names that only a virtual network resolves, and the endpoints behind them. */
export class PrivateNames {
  private readonly graph: Graph;

  constructor(graph: Graph) {
    this.graph = graph;
  }

  /** Private endpoints that lead to a resource. */
  endpointsOf(resource: Resource): Resource[] {
    return this.graph
      .ofType(ENDPOINT)
      .filter((endpoint) =>
        ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"].some((key) =>
          pointsTo(this.graph, endpoint, endpoint.at(key), [resource.type]).targets.includes(
            resource,
          ),
        ),
      );
  }

  /** The subnet of an endpoint. */
  placeOf(endpoint: Resource): Place {
    return (
      placeIn(this.graph, endpoint, endpoint.at("subnet")) ?? { subnet: undefined, vnet: undefined }
    );
  }

  /** True if a zone answers in a network: it is linked to that very network. */
  linked(zone: Resource, vnet: string | undefined): Answer {
    if (vnet === undefined) return unknown("the virtual network of the client is unknown");
    const links = this.graph
      .ofType(LINK)
      .filter((link) =>
        pointsTo(this.graph, link, link.at("privateZoneName"), [ZONE]).targets.includes(zone),
      );
    const answers = links.map((link) => {
      const found = vnetIn(this.graph, link, link.at("virtualNetwork"));
      if (found === undefined) return unknown(`the network of ${link.name} is unknown`);
      return found === vnet ? YES : no(`${link.name} links another network`);
    });
    return any(answers, `${zone.name} is not linked to the client's network (VirtualNetworkLink)`);
  }

  /** True if a property names a zone that answers in a network. */
  answers(resource: Resource, property: string, vnet: string | undefined): Answer {
    const value = resource.at(property);
    if (value.absent) return no(`${resource.name} has no private DNS zone (${property})`);
    const pointer = pointsTo(this.graph, resource, value, [ZONE]);
    const [zone] = pointer.targets;
    if (zone === undefined || !isResolved(pointer))
      return unknown(`the private DNS zone of ${resource.name} is outside the plan`);
    return this.linked(zone, vnet);
  }

  /** True if an endpoint is entered in the right zone, and that zone answers in the client's network. */
  resolves(endpoint: Resource, vnet: string | undefined): Answer {
    const groups = this.graph
      .ofType(ZONE_GROUP)
      .filter((group) =>
        pointsTo(this.graph, group, group.at("privateEndpointName"), [ENDPOINT]).targets.includes(
          endpoint,
        ),
      );
    const zones = groups.flatMap((group): (Resource | undefined)[] => {
      const { targets, blind, outside } = pointsTo(
        this.graph,
        group,
        group.at("privateDnsZoneConfigs"),
        [ZONE],
      );
      const ids = outside.filter((text) => text.includes("/"));
      return [...(blind || ids.length > 0 ? [undefined] : []), ...targets];
    });
    if (groups.length === 0)
      return no(`${endpoint.name} is entered in no DNS zone (PrivateDnsZoneGroup)`);
    return any(
      zones.map((zone) =>
        zone === undefined
          ? unknown(`a zone of ${endpoint.name} is outside the plan`)
          : all([rightZone(endpoint, zone), this.linked(zone, vnet)]),
      ),
      `${endpoint.name} is entered in no zone`,
    );
  }
}

/** The public name leads to one zone only; an entry in any other is never asked for. */
function rightZone(endpoint: Resource, zone: Resource): Answer {
  const ids = ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"].flatMap(
    (key) => endpoint.at(key).items.flatMap((item) => item.at("groupIds").each),
  );
  const wanted = ids.flatMap(({ text }) => PRIVATE_ZONES[text?.toLowerCase() ?? ""] ?? []);
  const name = zone.at("privateZoneName").text;
  if (wanted.length === 0 || name === undefined) return YES;
  return wanted.includes(name)
    ? YES
    : no(`${zone.name} is ${name}, and clients ask for ${wanted.join()}`);
}
