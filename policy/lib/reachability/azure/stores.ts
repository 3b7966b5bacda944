import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { placeIn, type Place } from "./places";

export const POSTGRES = "azure-native:dbforpostgresql:Server";
const MYSQL = "azure-native:dbformysql:Server";
const REDIS = "azure-native:redis:Redis";
const MANAGED_REDIS = "azure-native:redisenterprise:RedisEnterprise";
const MANAGED_DATABASE = "azure-native:redisenterprise:Database";
const SQL = "azure-native:sql:Server";
const COSMOS = "azure-native:cosmosdb:DatabaseAccount";

/** How a store of Azure is reached. */
export interface StorePlace {
  readonly ports: readonly number[];
  readonly hosts: readonly string[];
  /** Its own subnet, where it stands in a virtual network. */
  readonly place: Place | undefined;
  /** Property with its private DNS zone, where it stands in a virtual network. */
  readonly zone?: string;
  /** True where it answers on a public address; undefined where that is unknown. */
  readonly public: boolean | undefined;
  /** Type of the firewall rules of its public address, and the property of a rule that names the store. */
  readonly rules?: { readonly type: string; readonly of: string };
  /** True where the public address answers everybody unless rules say otherwise. */
  readonly openByDefault: boolean;
}

type Reader = (graph: Graph, resource: Resource) => StorePlace;

/** Every kind of store, by type. */
export const STORE_READERS: Readonly<Record<string, Reader>> = {
  [POSTGRES]: (graph, resource) =>
    flexible(graph, resource, 5432, {
      type: "azure-native:dbforpostgresql:FirewallRule",
      of: "serverName",
    }),
  [MYSQL]: (graph, resource) =>
    flexible(graph, resource, 3306, {
      type: "azure-native:dbformysql:FirewallRule",
      of: "serverName",
    }),
  [REDIS]: (graph, resource) => {
    const plain = resource.at("enableNonSslPort").boolean === true;
    return {
      ports: plain ? [6380, 6379] : [6380],
      hosts: known(resource, ["hostName"]),
      place: placeIn(graph, resource, resource.at("subnetId")),
      public: resource.at("subnetId").present
        ? false
        : isPublic(resource.at("publicNetworkAccess")),
      rules: { type: "azure-native:redis:FirewallRule", of: "cacheName" },
      openByDefault: true,
    };
  },
  [MANAGED_REDIS]: (graph, resource) => {
    const database = graph
      .ofType(MANAGED_DATABASE)
      .find((each) =>
        graph.links(each, each.at("clusterName"), [MANAGED_REDIS]).resources.includes(resource),
      );
    const port = database?.at("port");
    return {
      ports: port?.unknown === true ? [] : [port?.number ?? 10_000],
      hosts: known(resource, ["hostName"]),
      place: undefined,
      public: isPublic(resource.at("publicNetworkAccess")),
      openByDefault: true,
    };
  },
  [SQL]: (_graph, resource) => ({
    ports: [1433],
    hosts: known(resource, ["fullyQualifiedDomainName"]),
    place: undefined,
    public: isPublic(resource.at("publicNetworkAccess")),
    rules: { type: "azure-native:sql:FirewallRule", of: "serverName" },
    openByDefault: false,
  }),
  [COSMOS]: (_graph, resource) => {
    const limited =
      resource.at("ipRules").each.length > 0 ||
      resource.at("isVirtualNetworkFilterEnabled").boolean === true;
    return {
      ports: [443],
      hosts: known(resource, ["documentEndpoint"]),
      place: undefined,
      public: isPublic(resource.at("publicNetworkAccess")),
      openByDefault: !limited,
    };
  },
};

/** Flexible servers stand in a subnet, or have a public address that rules open. */
function flexible(
  graph: Graph,
  resource: Resource,
  port: number,
  rules: NonNullable<StorePlace["rules"]>,
): StorePlace {
  const place = placeIn(graph, resource, resource.at("network.delegatedSubnetResourceId"));
  const zone =
    resource.type === POSTGRES
      ? "network.privateDnsZoneArmResourceId"
      : "network.privateDnsZoneResourceId";
  const access = resource.at("network.publicNetworkAccess");
  return {
    ports: [port],
    hosts: known(resource, ["fullyQualifiedDomainName"]),
    ...{ place, zone, rules, openByDefault: false },
    public: place === undefined ? isPublic(access) : false,
  };
}

/** Public unless it is said otherwise. */
function isPublic(value: Value): boolean | undefined {
  return value.unknown ? undefined : !value.isWord("Disabled", "SecuredByPerimeter");
}

function known(resource: Resource, outputs: readonly string[]): string[] {
  return outputs.flatMap((name) => {
    const text = resource.outputs
      .at(name)
      .text?.replace(/^https?:\/\//, "")
      .replace(/[:/].*$/, "");
    return text === undefined || text === "" ? [] : [text];
  });
}
