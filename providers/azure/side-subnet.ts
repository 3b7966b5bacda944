import { Subnet } from "@pulumi/azure-native/network";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import type { NetworkAttachment } from "./attachments";
import { securityGroup, type Rule } from "./network-rules";

/** The subnet of a network that was made last. */
const LAST = new WeakMap<NetworkAttachment, Subnet>();

/**
 * A subnet that only some stacks have, added to the network by whoever lies in it. Writes to one
 * network exclude each other, so each waits for the one before.
 */
export function sideSubnet(request: {
  readonly role: "gateway" | "hosts";
  readonly network: NetworkAttachment;
  readonly rules: pulumi.Input<Rule[]>;
  /** Goes out by the network's gateway and by no other way. */
  readonly outbound: boolean;
  readonly environment: Environment;
}): Subnet {
  const { role, network, rules, outbound, environment } = request;
  const parent = network.component;
  const { group, layout } = network;
  const guard = securityGroup({ name: "network", group, environment, parent }, role, rules);
  const subnet = new Subnet(
    `network-${role}-subnet`,
    {
      resourceGroupName: group.name,
      virtualNetworkName: network.vnet.name,
      addressPrefix: layout[role],
      networkSecurityGroup: { id: guard.id },
      ...(outbound
        ? {
            defaultOutboundAccess: false,
            ...(network.natGateway ? { natGateway: { id: network.natGateway.id } } : {}),
          }
        : {}),
    },
    { parent, dependsOn: [LAST.get(network) ?? network.endpointsSubnet] },
  );
  LAST.set(network, subnet);
  return subnet;
}
