import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { networkIn } from "./placement";

export const SQL = "gcp:sql/databaseInstance:DatabaseInstance";
const REDIS = "gcp:redis/instance:Instance";

/** How a store of Google Cloud stands in, or beside, a VPC. */
export interface StorePlace {
  readonly ports: readonly number[];
  readonly hosts: readonly string[];
  /** The VPC that is joined to Google's network: URN or name; undefined where there is none or it is unknown. */
  readonly network: string | undefined;
  /** True where it needs the VPC's connection to Google's services. */
  readonly peered: boolean;
  /** True where it has an address on the internet; undefined where that is unknown. */
  readonly public: boolean | undefined;
}

/** Every kind of store, by type. */
export const STORE_READERS: Readonly<
  Record<string, (graph: Graph, resource: Resource) => StorePlace>
> = {
  [SQL]: (graph, resource) => {
    const ip = resource.at("settings.ipConfiguration");
    const four = ip.at("ipv4Enabled");
    const version = resource.at("databaseVersion").text ?? "";
    const port = version.startsWith("MYSQL") ? 3306 : version.startsWith("SQLSERVER") ? 1433 : 5432;
    return {
      ports: [port],
      hosts: known(resource, [
        "privateIpAddress",
        "publicIpAddress",
        "firstIpAddress",
        "connectionName",
      ]),
      network: networkIn(graph, resource, ip.at("privateNetwork")),
      peered: ip.at("privateNetwork").present,
      public: four.unknown ? undefined : four.boolean !== false,
    };
  },
  [REDIS]: (graph, resource) => {
    const secure = resource.at("transitEncryptionMode");
    const mode = resource.at("connectMode");
    return {
      ports: secure.unknown ? [] : [secure.isWord("SERVER_AUTHENTICATION") ? 6378 : 6379],
      hosts: known(resource, ["host"]),
      network: networkIn(graph, resource, resource.at("authorizedNetwork")) ?? "default",
      peered: mode.isWord("PRIVATE_SERVICE_ACCESS"),
      public: false,
    };
  },
};

function known(resource: Resource, outputs: readonly string[]): string[] {
  return outputs.flatMap((name) => resource.outputs.at(name).text || []);
}
