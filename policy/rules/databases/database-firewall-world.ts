import type { Graph } from "../../lib/graph/graph";
import {
  contains,
  isWorld,
  parseRange,
  rangeBetween,
  type AddressRange,
} from "../../lib/net/ranges";
import { isInside } from "../../lib/net/opening";
import { judgeSources } from "../../lib/net/sources";
import {
  forTypes,
  undecided,
  violation,
  type Check,
  type Context,
  type Report,
  type Rule,
} from "../../lib/rule";
import type { Resource } from "../../lib/resource";
import type { Settings } from "../../lib/settings";

/** Firewall rules of servers, with the names of their two ends. */
const RULES: Readonly<Record<string, readonly [string, string]>> = {
  "azure-native:dbforpostgresql:FirewallRule": ["startIpAddress", "endIpAddress"],
  "azure-native:dbformysql:FirewallRule": ["startIpAddress", "endIpAddress"],
  "azure-native:dbformariadb:FirewallRule": ["startIpAddress", "endIpAddress"],
  "azure-native:sql:FirewallRule": ["startIpAddress", "endIpAddress"],
  "azure-native:dbforpostgresql:ServerGroupFirewallRule": ["startIpAddress", "endIpAddress"],
  "azure-native:mongocluster:FirewallRule": ["startIpAddress", "endIpAddress"],
  "azure-native:synapse:IpFirewallRule": ["startIpAddress", "endIpAddress"],
  "azure-native:redis:FirewallRule": ["startIP", "endIP"],
  "azure:postgresql/flexibleServerFirewallRule:FlexibleServerFirewallRule": [
    "startIpAddress",
    "endIpAddress",
  ],
  "azure:postgresql/firewallRule:FirewallRule": ["startIpAddress", "endIpAddress"],
  "azure:mysql/flexibleServerFirewallRule:FlexibleServerFirewallRule": [
    "startIpAddress",
    "endIpAddress",
  ],
  "azure:mysql/firewallRule:FirewallRule": ["startIpAddress", "endIpAddress"],
  "azure:mariadb/firewallRule:FirewallRule": ["startIpAddress", "endIpAddress"],
  "azure:sql/firewallRule:FirewallRule": ["startIpAddress", "endIpAddress"],
  "azure:mssql/firewallRule:FirewallRule": ["startIpAddress", "endIpAddress"],
  "azure:cosmosdb/postgresqlFirewallRule:PostgresqlFirewallRule": [
    "startIpAddress",
    "endIpAddress",
  ],
  "azure:mongocluster/firewallRule:FirewallRule": ["startIpAddress", "endIpAddress"],
  "azure:synapse/firewallRule:FirewallRule": ["startIpAddress", "endIpAddress"],
  "azure:redis/firewallRule:FirewallRule": ["startIp", "endIp"],
};

const SERVER_NAMES = [
  ...["serverName", "serverId", "serverGroupName", "clusterId", "clusterName"],
  ...["mongoClusterName", "mongoClusterId", "workspaceName", "synapseWorkspaceId"],
  ...["cacheName", "redisCacheName"],
];
const MESSAGE = "the store's own firewall lets the internet at large in";

/** The range of a rule; nothing where it lies within what settings allow. */
function rangeOf(resource: Resource, settings: Settings): AddressRange | undefined {
  const [start, end] = RULES[resource.type] ?? ["", ""];
  const from = resource.at(start).text;
  const to = resource.at(end).text;
  const range = from === undefined || to === undefined ? undefined : rangeBetween(from, to);
  const allowed = settings.allowedCidrs.flatMap((text) => parseRange(text) ?? []);
  return range !== undefined && allowed.some((inside) => contains(inside, range))
    ? undefined
    : range;
}

const checkRule: Check = (resource, { settings }) => {
  const ends = (RULES[resource.type] ?? []).map((path) => resource.at(path));
  const missing = ends.find((value) => value.unknown && !isInside(value));
  if (missing !== undefined) return [undecided(missing)];
  const range = rangeOf(resource, settings);
  return range !== undefined && isWorld([range])
    ? [violation(resource.at(RULES[resource.type]?.[0] ?? ""), MESSAGE)]
    : [];
};

/** Rules that are small one by one can open the internet together. */
function checkTogether(graph: Graph, { settings }: Context): (Report & { resource: Resource })[] {
  const servers = new Map<string, { resource: Resource; range: AddressRange }[]>();
  for (const resource of graph.ofType(...Object.keys(RULES))) {
    const range = rangeOf(resource, settings);
    if (range === undefined || isWorld([range])) continue;
    const name = SERVER_NAMES.map((key) => resource.at(key)).find((value) => value.present);
    const key =
      name === undefined ? "" : (graph.links(resource, name).resources[0]?.urn ?? name.text ?? "");
    servers.set(key, [...(servers.get(key) ?? []), { resource, range }]);
  }
  return [...servers.values()]
    .filter((rules) => isWorld(rules.map((entry) => entry.range)))
    .map((rules) => {
      const { resource } = rules[0] as { resource: Resource };
      const message = `${MESSAGE}: ${rules.length} rules of the server together`;
      return { ...violation(resource.at(RULES[resource.type]?.[0] ?? ""), message), resource };
    });
}

export const rule: Rule = {
  id: "database-firewall-world",
  title: "No store's own firewall admits the internet",
  severity: "critical",
  category: "public-database",
  profile: "baseline",
  why: "Address lists of managed stores are their only network guard; a list of everybody is none.",
  fix: {
    azure:
      "Remove the firewall rule and use a private endpoint, or name the few addresses that connect.",
    gcp: "Remove the authorized network and use the private address.",
  },
  controls: { nist: ["SC-7", "AC-4"], cis: ["4.4", "12.2"] },
  check: {
    ...forTypes(Object.keys(RULES), checkRule),
    "gcp:sql/databaseInstance:DatabaseInstance": (resource, { settings }) => {
      const networks = resource.at("settings.ipConfiguration.authorizedNetworks");
      if (networks.unknown) return [undecided(networks)];
      const values = networks.each.map((network) => network.at("value"));
      const { world, unknown } = judgeSources(values, settings);
      if (world) return [violation(networks, MESSAGE)];
      return unknown.filter((value) => !isInside(value)).map(undecided);
    },
    "gcp:alloydb/instance:Instance": (resource, { settings }) => {
      const networks = resource.at("networkConfig.authorizedExternalNetworks");
      const { world, unknown } = judgeSources(
        networks.each.map((network) => network.at("cidrRange")),
        settings,
      );
      return world ? [violation(networks, MESSAGE)] : unknown.map(undecided);
    },
    "azure-native:cosmosdb:DatabaseAccount": (resource, { settings }) => {
      const rules = resource.at("ipRules");
      const { world } = judgeSources(
        rules.each.map((entry) => entry.at("ipAddressOrRange")),
        settings,
      );
      return world ? [violation(rules, MESSAGE)] : [];
    },
  },
  checkStack: { types: Object.keys(RULES), run: checkTogether },
};
