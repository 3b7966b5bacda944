import type { Layout } from "./network-layout";
import { rule, type Rule } from "./network-rules";

/**
 * Who reaches a gateway: in public everybody or the allowed networks, in private the stack's network
 * and what is peered with it; Azure's own management and health checks in any case.
 */
export function gatewaySubnetRules(
  { gateway }: Layout,
  isPrivate: boolean,
  allowedNetworks: readonly string[],
): Rule[] {
  const callers =
    allowedNetworks.length > 0 ? allowedNetworks : [isPrivate ? "VirtualNetwork" : "Internet"];
  return [
    ...callers.map((from, index) =>
      rule("Inbound", 100 + index, `callers-${index + 1}`, from, gateway, [80, 443]),
    ),
    // A private gateway is managed from inside Azure's own network and needs no way in.
    ...(isPrivate
      ? []
      : [
          {
            ...rule("Inbound", 3000, "azures-management", "GatewayManager", "*", []),
            destinationPortRange: "65200-65535",
            destinationPortRanges: [],
          },
        ]),
    rule("Inbound", 3001, "azures-health-checks", "AzureLoadBalancer", "*", "*"),
    rule("Inbound", 4096, "nobody-else", "*", "*", "*", "Deny"),
  ];
}
