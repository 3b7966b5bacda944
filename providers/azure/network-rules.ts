import { NetworkSecurityGroup } from "@pulumi/azure-native/network";
import type { network } from "@pulumi/azure-native/types/input";
import type { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import type { Gathered } from "./gathered";
import type { Layout } from "./network-layout";
import { settings } from "./settings";
import { tagsOf } from "./tags";

type Rule = network.SecurityRuleArgs;

const rule = (
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

/** Only containers reach the endpoints: the cache on its port, the vaults on HTTPS, files by SMB. */
export function endpointRules({ apps, endpoints }: Layout, files: boolean): Rule[] {
  const ports = [443, ...(files ? [445] : []), 10000];
  return [
    rule("Inbound", 100, "containers-to-endpoints", apps, endpoints, ports),
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

/** The way out of the containers: to the platform, and to the internet when one asked for it. */
export function appRules({ apps }: Layout, location: string, internet: boolean): Rule[] {
  const platform = [...PLATFORM, `Storage.${location}`];
  return [
    rule("Outbound", 100, "between-the-containers", apps, apps, "*"),
    ...platform.map((tag, index) =>
      rule("Outbound", 200 + index, `to-${tag.replaceAll(".", "-")}`, apps, tag, [443]),
    ),
    ...(internet ? [rule("Outbound", 300, "https-to-the-internet", apps, "Internet", [443])] : []),
    rule("Outbound", 4096, "nothing-else-outside", "*", "Internet", "*", "Deny"),
  ];
}

interface GroupRequest {
  readonly name: string;
  readonly group: ResourceGroup;
  readonly environment: Environment;
  readonly parent: pulumi.ComponentResource;
}

/** One security group per subnet. Rules stand in the group: a separate rule would be a second truth. */
export function securityGroups(
  request: GroupRequest,
  layout: Layout,
  outbound: "none" | "single" | "zonal",
  gathered: Gathered,
): Record<keyof Layout, NetworkSecurityGroup> {
  const { location } = settings();
  const make = (role: keyof Layout, rules: pulumi.Input<Rule[]>): NetworkSecurityGroup =>
    new NetworkSecurityGroup(
      `${request.name}-${role}-rules`,
      {
        resourceGroupName: request.group.name,
        location,
        securityRules: rules,
        tags: tagsOf(request.environment),
      },
      { parent: request.parent },
    );
  const apps = gathered.internet.apply((internet) =>
    appRules(layout, location, internet && outbound !== "none"),
  );
  return {
    apps: make("apps", apps),
    postgres: make("postgres", postgresRules(layout)),
    endpoints: make(
      "endpoints",
      gathered.files.apply((files) => endpointRules(layout, files)),
    ),
  };
}
