import { NETWORK, SUBNET } from "../../../lib/deployability/azure/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { target } from "../../../lib/deployability/target";
import { undecided, violation } from "../../../lib/rule";

export const rule = deployability({
  id: "azure-vnet-inline-subnets",
  title: "Subnets of a network stand in the network or are resources of their own, not both",
  confidence: "medium",
  fails: {
    when: "update",
    effect: "error",
    answer:
      "InUseSubnetCannotBeDeleted: the next change of the network tries to remove the separate subnets.",
  },
  fix: "Take the subnets list out of the VirtualNetwork, or move every Subnet resource into it.",
  source: "https://github.com/pulumi/pulumi-azure-native/issues/611",
  checkStack: ofEach([SUBNET], (subnet, graph) => {
    const at = subnet.at("virtualNetworkName");
    const { resource: network, open } = target(graph, subnet, at, NETWORK);
    if (network === undefined) return open;
    const inline = network.at("subnets");
    if (inline.unknown) return [undecided(inline)];
    return inline.each.length > 0
      ? [violation(at, `${network.name} lists subnets of its own in its properties`)]
      : [];
  }),
});
