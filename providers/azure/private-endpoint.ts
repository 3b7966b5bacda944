import { PrivateDnsZoneGroup, PrivateEndpoint } from "@pulumi/azure-native/network";
import { PrivateZone, VirtualNetworkLink } from "@pulumi/azure-native/privatedns";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import type { NetworkAttachment } from "./attachments";
import { settings } from "./settings";
import { tagsOf } from "./tags";

/** Zone and group of each service; the names are Azure's and must be exact. */
const SERVICES = {
  vault: { zone: "privatelink.vaultcore.azure.net", group: "vault" },
  redis: { zone: "privatelink.redis.azure.net", group: "redisEnterprise" },
  file: { zone: "privatelink.file.core.windows.net", group: "file" },
  blob: { zone: "privatelink.blob.core.windows.net", group: "blob" },
} as const;

type Service = keyof typeof SERVICES;

interface LinkedZone {
  readonly zone: PrivateZone;
  readonly link: VirtualNetworkLink;
}

const ZONES = new WeakMap<NetworkAttachment, Map<Service, LinkedZone>>();

/** A network can be linked to one zone of a name only, so endpoints of a service share theirs. */
function linkedZone(
  service: Service,
  network: NetworkAttachment,
  environment: Environment,
): LinkedZone {
  const zones = ZONES.get(network) ?? new Map<Service, LinkedZone>();
  ZONES.set(network, zones);
  let found = zones.get(service);
  if (!found) {
    const parent = network.component;
    const zone = new PrivateZone(
      `${service}-zone`,
      {
        privateZoneName: SERVICES[service].zone,
        resourceGroupName: network.group.name,
        location: "global",
        tags: tagsOf(environment),
      },
      { parent },
    );
    found = { zone, link: linkZone(`${service}-zone`, zone, network, environment, parent) };
    zones.set(service, found);
  }
  return found;
}

/** Makes a private zone's names known in the stack's network. */
export function linkZone(
  name: string,
  zone: PrivateZone,
  network: Pick<NetworkAttachment, "group" | "vnet">,
  environment: Environment,
  parent: pulumi.ComponentResource,
): VirtualNetworkLink {
  return new VirtualNetworkLink(
    `${name}-link`,
    {
      privateZoneName: zone.name,
      resourceGroupName: network.group.name,
      location: "global",
      registrationEnabled: false,
      virtualNetwork: { id: network.vnet.id },
      tags: tagsOf(environment),
    },
    { parent },
  );
}

/**
 * A private address for a service of Azure, and its name in the network. Returns what clients wait
 * for: without the record the public name is found, whose address refuses.
 */
export function privateEndpoint(request: {
  readonly name: string;
  readonly service: Service;
  readonly target: pulumi.Input<string>;
  readonly network: NetworkAttachment;
  readonly environment: Environment;
  readonly parent: pulumi.ComponentResource;
}): PrivateDnsZoneGroup {
  const { name, service, target, network, environment, parent } = request;
  const { zone, link } = linkedZone(service, network, environment);
  const endpoint = new PrivateEndpoint(
    `${name}-endpoint`,
    {
      resourceGroupName: network.group.name,
      location: settings().location,
      subnet: { id: network.endpointsSubnet.id },
      privateLinkServiceConnections: [
        { name, groupIds: [SERVICES[service].group], privateLinkServiceId: target },
      ],
      tags: tagsOf(environment),
    },
    { parent },
  );
  return new PrivateDnsZoneGroup(
    `${name}-endpoint-record`,
    {
      privateDnsZoneGroupName: "default",
      privateEndpointName: endpoint.name,
      resourceGroupName: network.group.name,
      privateDnsZoneConfigs: [{ name: service, privateDnsZoneId: zone.id }],
    },
    { parent, dependsOn: [link] },
  );
}
