import type { Opening } from "./gathered";
import type { Layout } from "./network-layout";
import { rule, type Rule } from "./network-rules";

/** Azure's own services that a machine needs, by service tag. */
const PLATFORM = [
  "AzureActiveDirectory",
  "AzureMonitor",
  "AzureContainerRegistry",
  "AzureFrontDoor.FirstParty",
];

/**
 * Who reaches a Docker host: the edge and, where some are asked to, the containers, on the one port.
 * No administrator does. Out go the packages of the distribution and what its containers were given;
 * between the two the host's own firewall decides.
 */
export function hostSubnetRules(
  layout: Layout,
  location: string,
  port: number,
  openings: readonly Opening[],
): Rule[] {
  const { gateway, hosts, endpoints } = layout;
  const callers = openings.filter(({ to }) => to === "hosts");
  return [
    rule("Inbound", 100, "edge-to-hosts", gateway, hosts, [port]),
    ...callers.map((each, index) =>
      rule("Inbound", 110 + index, `${each.from}-to-hosts-${each.port}`, layout[each.from], hosts, [
        each.port,
      ]),
    ),
    rule("Inbound", 4096, "nobody-else", "*", "*", "*", "Deny"),
    rule("Outbound", 100, "to-endpoints", hosts, endpoints, [443]),
    ...[...PLATFORM, `Storage.${location}`].map((tag, index) =>
      rule("Outbound", 200 + index, `to-${tag.replaceAll(".", "-")}`, hosts, tag, [443]),
    ),
    rule("Outbound", 300, "packages-and-https", hosts, "Internet", [80, 443]),
    rule("Outbound", 4095, "nothing-else-of-the-network", "*", "VirtualNetwork", "*", "Deny"),
    rule("Outbound", 4096, "nothing-else-outside", "*", "Internet", "*", "Deny"),
  ];
}
