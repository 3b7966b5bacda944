import { NatGateway, PublicIPAddress } from "@pulumi/azure-native/network";
import type { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import { settings } from "./settings";
import { tagsOf } from "./tags";

/** The way out of a network, with one fixed address. */
export function natGateway(request: {
  readonly name: string;
  readonly group: ResourceGroup;
  readonly zoneRedundant: boolean;
  readonly environment: Environment;
  readonly parent: pulumi.ComponentResource;
}): NatGateway {
  const { name, group, zoneRedundant, environment, parent } = request;
  const { location } = settings();
  const address = new PublicIPAddress(
    `${name}-outbound-address`,
    {
      resourceGroupName: group.name,
      location,
      sku: { name: "Standard" },
      publicIPAllocationMethod: "Static",
      ...(zoneRedundant ? { zones: ["1", "2", "3"] } : {}),
      tags: tagsOf(environment),
    },
    { parent },
  );
  return new NatGateway(
    `${name}-outbound-gateway`,
    {
      resourceGroupName: group.name,
      location,
      sku: { name: "Standard" },
      publicIpAddresses: [{ id: address.id }],
      idleTimeoutInMinutes: 4,
      tags: tagsOf(environment),
    },
    { parent },
  );
}
