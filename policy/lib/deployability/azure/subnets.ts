import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { valuesAt } from "../links";
import { ENVIRONMENT, POSTGRES, PRIVATE_ENDPOINT, REDIS, SUBNET } from "./types";

/** The range of a subnet, under the name for one range or the first of several. */
export function cidrOf(subnet: Resource): Value {
  const one = subnet.at("addressPrefix");
  return one.present ? one : (subnet.at("addressPrefixes").each[0] ?? one);
}

/** The services a subnet is delegated to, in lower case, or the unknown value that will tell. */
export function delegationsOf(subnet: Resource): readonly string[] | Value {
  const list = subnet.at("delegations");
  const services = list.each.map((one) => one.at("serviceName"));
  const unknown = [list, ...services].find((value) => value.unknown);
  return unknown ?? services.flatMap(({ text }) => text?.toLowerCase() ?? []);
}

/** What stands in a subnet, with the property that says so. */
const USERS: Readonly<Record<string, string>> = {
  [ENVIRONMENT]: "vnetConfiguration.infrastructureSubnetId",
  [POSTGRES]: "network.delegatedSubnetResourceId",
  "azure-native:dbformysql:Server": "network.delegatedSubnetResourceId",
  [PRIVATE_ENDPOINT]: "subnet.id",
  [REDIS]: "subnetId",
  "azure-native:containerinstance:ContainerGroup": "subnetIds[].id",
};

/** Everything else that surely stands in the same subnet. */
export function othersOn(graph: Graph, subnet: Resource, user: Resource): Resource[] {
  return Object.entries(USERS).flatMap(([type, path]) =>
    graph.ofType(type).filter((other) => {
      if (other === user) return false;
      return valuesAt(other.props, path).some((at) => {
        const { resources } = graph.links(other, at, [SUBNET]);
        return resources.length === 1 && resources[0] === subnet;
      });
    }),
  );
}
