import { NetworkSecurityGroup } from "@pulumi/azure-native/network";
import type { network } from "@pulumi/azure-native/types/input";
import type { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import type { Gathered, Opening, Wishes } from "./gathered";
import type { Layout } from "./network-layout";
import { settings } from "./settings";
import { tagsOf } from "./tags";

export type Rule = network.SecurityRuleArgs;

export const rule = (
  direction: "Inbound" | "Outbound",
  priority: number,
  name: string,
  from: string,
  to: string,
  ports: readonly number[] | "*",
  access: "Allow" | "Deny" = "Allow",
): Rule => ({
  name,
  direction,
  priority,
  access,
  protocol: ports === "*" ? "*" : "Tcp",
  sourceAddressPrefix: from,
  sourcePortRange: "*",
  destinationAddressPrefix: to,
  ...(ports === "*"
    ? { destinationPortRange: "*" }
    : ports.length === 1
      ? { destinationPortRange: `${ports[0]}` }
      : { destinationPortRanges: ports.map(String) }),
});

/**
 * Only containers reach the database, on its port. Azure's own rule below would admit the whole
 * network and everything peered with it. Servers of one standby pair talk to each other.
 */
export function postgresRules({ apps, postgres }: Layout): Rule[] {
  return [
    rule("Inbound", 100, "containers-to-postgres", apps, postgres, [5432]),
    rule("Inbound", 110, "between-the-servers", postgres, postgres, "*"),
    rule("Inbound", 4096, "nothing-else-of-the-network", "VirtualNetwork", "*", "*", "Deny"),
  ];
}

/** The ports behind the endpoints: the vaults' HTTPS, the cache's own. */
const ENDPOINT_PORTS = [443, 10000];

/** What the openings of a stack add to one end of a way. */
const opened = (layout: Layout, openings: readonly Opening[], first: number): Rule[] =>
  openings.map(({ from, to, port }, index) =>
    rule("Inbound", first + index, `${from}-to-${to}-${port}`, layout[from], layout[to], [port]),
  );

/** Containers reach the endpoints, and who else was let in; nothing else of the network does. */
export function endpointRules(layout: Layout, { openings }: Pick<Wishes, "openings">): Rule[] {
  const { apps, endpoints } = layout;
  const more = openings.filter(({ to }) => to === "endpoints");
  return [
    rule("Inbound", 100, "containers-to-endpoints", apps, endpoints, ENDPOINT_PORTS),
    ...opened(layout, more, 110),
    rule("Inbound", 4096, "nothing-else-of-the-network", "VirtualNetwork", "*", "*", "Deny"),
  ];
}

/** Azure's own services that containers and the platform below them need, by service tag. */
const PLATFORM = [
  "MicrosoftContainerRegistry",
  "AzureFrontDoor.FirstParty",
  "AzureContainerRegistry",
  "AzureActiveDirectory",
  "AzureKeyVault",
  "AzureMonitor",
];

/** The way out of the containers: to stores, to the platform, and to what one of them asked for. */
export function appRules(
  layout: Layout,
  location: string,
  wishes: Pick<Wishes, "internet" | "destinations" | "openings">,
): Rule[] {
  const { apps, postgres, endpoints } = layout;
  const out = (priority: number, name: string, to: string, ports: readonly number[]): Rule =>
    rule("Outbound", priority, name, apps, to, ports);
  const openings = wishes.openings.filter(({ from }) => from === "apps");
  const platform = [...PLATFORM, `Storage.${location}`];
  return [
    rule("Outbound", 100, "between-the-containers", apps, apps, "*"),
    out(110, "to-postgres", postgres, [5432]),
    out(111, "to-endpoints", endpoints, ENDPOINT_PORTS),
    ...openings.map(({ to, port }, index) =>
      out(120 + index, `to-${to}-${port}`, layout[to], [port]),
    ),
    ...wishes.destinations.map(({ cidr, port }, index) =>
      out(140 + index, `to-${cidr.replaceAll(/[./]/g, "-")}-${port}`, cidr, [port]),
    ),
    ...platform.map((tag, index) => out(200 + index, `to-${tag.replaceAll(".", "-")}`, tag, [443])),
    ...(wishes.internet ? [out(300, "https-to-the-internet", "Internet", [443])] : []),
    rule("Outbound", 4095, "nothing-else-of-the-network", "*", "VirtualNetwork", "*", "Deny"),
    rule("Outbound", 4096, "nothing-else-outside", "*", "Internet", "*", "Deny"),
  ];
}

interface GroupRequest {
  readonly name: string;
  readonly group: ResourceGroup;
  readonly environment: Environment;
  readonly parent: pulumi.ComponentResource;
}

/** A security group. Its rules stand in it: a separate rule would be a second truth. */
export function securityGroup(
  request: GroupRequest,
  role: keyof Layout,
  rules: pulumi.Input<Rule[]>,
): NetworkSecurityGroup {
  return new NetworkSecurityGroup(
    `${request.name}-${role}-rules`,
    {
      resourceGroupName: request.group.name,
      location: settings().location,
      securityRules: rules,
      tags: tagsOf(request.environment),
    },
    { parent: request.parent },
  );
}

/** The groups of the subnets that every stack has. */
export function securityGroups(
  request: GroupRequest,
  layout: Layout,
  outbound: "none" | "single" | "zonal",
  { wishes }: Gathered,
): Record<"apps" | "postgres" | "endpoints", NetworkSecurityGroup> {
  const { location } = settings();
  const apps = wishes.apply((all) =>
    appRules(layout, location, { ...all, internet: all.internet && outbound !== "none" }),
  );
  return {
    apps: securityGroup(request, "apps", apps),
    postgres: securityGroup(request, "postgres", postgresRules(layout)),
    endpoints: securityGroup(
      request,
      "endpoints",
      wishes.apply((all) => endpointRules(layout, all)),
    ),
  };
}
