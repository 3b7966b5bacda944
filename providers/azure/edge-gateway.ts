import { ApplicationGateway, PublicIPAddress } from "@pulumi/azure-native/network";
import { PrivateRecordSet, PrivateZone } from "@pulumi/azure-native/privatedns";
import * as pulumi from "@pulumi/pulumi";
import type { BuildRequest } from "../../components/builder";
import type { HttpsEdgeLinks, HttpsEdgeOutputs } from "../../components/https-edge";
import { gatewayRequests } from "./alarm-queries";
import { azure, type GatewayAttachment, type NetworkAttachment } from "./attachments";
import { CERTIFICATE_ID } from "./edge-domains";
import { gatewayParts, type BackendAddress } from "./edge-gateway-parts";
import { gatewaySubnetRules } from "./edge-gateway-network";
import { gatewayFirewall } from "./edge-gateway-waf";
import type { Resolved } from "./edge-spec";
import { workloadIdentity } from "./identity";
import { resourceLogs } from "./logs";
import { appName } from "./names";
import { addressIn } from "./network-layout";
import { linkZone } from "./private-endpoint";
import { builtInRole } from "./roles";
import { settings } from "./settings";
import { sideSubnet } from "./side-subnet";
import { tagsOf } from "./tags";

type Request = BuildRequest<Resolved, HttpsEdgeLinks>;

/** Seconds that the environment's own proxy bears in silence. */
const ENVIRONMENT_IDLE = 240;

/** The edge as an Application Gateway of the network, before its containers or its Docker host. */
export function buildGateway(request: Request): HttpsEdgeOutputs {
  const { name, spec, links, parent, environment } = request;
  const network = azure<NetworkAttachment>(links.network.attachment);
  const { group, layout } = network;
  const isPrivate = spec.exposure === "private";
  const idle = spec.idleTimeoutSeconds ?? 60;
  const services = Object.entries(spec.backends).filter(([, { host }]) => !host);
  if (services.length > 0 && idle > ENVIRONMENT_IDLE) {
    network.gathered.waitFor(name, Math.ceil(idle / 60));
  }
  const subnet = sideSubnet({
    role: "gateway",
    network,
    rules: gatewaySubnetRules(layout, isPrivate, spec.allowedNetworks ?? []),
    // Azure manages the gateway from outside, by ways that a gateway of one's own would break.
    outbound: false,
    environment,
  });
  const { identity, grants, certificate } = certificateReader(request, group);
  const privateAddress = addressIn(layout.gateway, 10);
  const publicAddress = isPrivate ? undefined : address(request, network, idle);
  const names = services.length > 0 ? environmentNames(request, network) : [];
  const gateway = new ApplicationGateway(
    `${name}-gateway`,
    {
      // Its parts refer to each other by ids that hold its name.
      applicationGatewayName: `${name}-gateway`,
      resourceGroupName: group.name,
      location: settings().location,
      sku: { name: "WAF_v2", tier: "WAF_v2" },
      autoscaleConfiguration: { minCapacity: environment.protected ? 2 : 1, maxCapacity: 10 },
      ...(network.zoneRedundant ? { zones: ["1", "2", "3"] } : {}),
      identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
      enableHttp2: true,
      sslPolicy: { policyType: "Predefined", policyName: "AppGwSslPolicy20220101" },
      firewallPolicy: {
        id: gatewayFirewall({ name, spec, group, environment, parent }).id,
      },
      // What an application streams is passed on as it comes. Requests are held back for the firewall.
      globalConfiguration: { enableRequestBuffering: true, enableResponseBuffering: false },
      gatewayIPConfigurations: [{ name: "subnet", subnet: { id: subnet.id } }],
      frontendIPConfigurations: [
        publicAddress
          ? { name: "front", publicIPAddress: { id: publicAddress.id } }
          : {
              name: "front",
              subnet: { id: subnet.id },
              privateIPAddress: privateAddress,
              privateIPAllocationMethod: "Static",
            },
      ],
      sslCertificates: [{ name: "certificate", keyVaultSecretId: certificate }],
      ...gatewayParts({
        id: pulumi.interpolate`${group.id}/providers/Microsoft.Network/applicationGateways/${name}-gateway`,
        spec,
        addressOf: (backend) => backendAddress(backend, spec, network),
        idleSeconds: idle,
      }),
      tags: tagsOf(environment),
    },
    {
      parent,
      dependsOn: [...grants, ...names],
      customTimeouts: { create: "45m", update: "45m", delete: "45m" },
    },
  );
  const workspace = resourceLogs({
    ...{ name, environment, parent, from: gateway, days: spec.accessLogDays },
    tables: ["AGWAccessLogs", "AGWFirewallLogs"],
    categories: ["ApplicationGatewayAccessLog", "ApplicationGatewayFirewallLog"],
    dedicated: true,
  });
  const attachment: GatewayAttachment = {
    cloud: "azure",
    kind: "gateway",
    gateway,
    ready: [gateway],
    reach: { from: "apps", to: "gateway", port: 443 },
    workspace,
    hosts: spec.hosts,
    backends: spec.backends,
    requests: gatewayRequests,
  };
  const where = publicAddress
    ? publicAddress.ipAddress.apply((ip) => ip ?? "")
    : pulumi.output(privateAddress);
  return {
    address: where,
    dnsRecords: pulumi.all(
      Object.fromEntries(spec.hosts.map((host) => [host, pulumi.interpolate`A ${where}`])),
    ),
    ...(isPrivate ? { endpoint: { name, port: 443, attachment } } : {}),
    attachment,
  };
}

/** An identity that reads the one certificate, and the address it is read from: the newest version. */
function certificateReader(
  { name, spec, parent, environment }: Request,
  group: NetworkAttachment["group"],
) {
  const scope = spec.dns.kind === "external" ? (spec.dns.certificate ?? "") : "";
  const [, vault = "", secret = ""] = CERTIFICATE_ID.exec(scope) ?? [];
  const reader = workloadIdentity({
    name,
    group,
    environment,
    parent,
    grants: [
      { key: "read-certificate", roleDefinitionId: builtInRole("secretsUser", settings()), scope },
    ],
  });
  const certificate = `https://${vault.toLowerCase()}.vault.azure.net/secrets/${secret}`;
  return { ...reader, certificate };
}

/** The public address. It, and not the gateway, decides how long a connection may be silent. */
function address(
  { name, parent, environment }: Request,
  { group, zoneRedundant }: NetworkAttachment,
  idleSeconds: number,
): PublicIPAddress {
  return new PublicIPAddress(
    `${name}-address`,
    {
      resourceGroupName: group.name,
      location: settings().location,
      sku: { name: "Standard" },
      publicIPAllocationMethod: "Static",
      idleTimeoutInMinutes: Math.max(4, Math.ceil(idleSeconds / 60)),
      ...(zoneRedundant ? { zones: ["1", "2", "3"] } : {}),
      tags: tagsOf(environment),
    },
    { parent },
  );
}

/** The environment's proxy knows its apps by name; a Docker host has one address, which never changes. */
function backendAddress(
  backend: string,
  { backends }: Resolved,
  { environment, layout }: NetworkAttachment,
): BackendAddress {
  return backends[backend]?.host
    ? { ipAddress: addressIn(layout.hosts, HOST_ADDRESS) }
    : { fqdn: pulumi.interpolate`${appName(backend)}.${environment.defaultDomain}` };
}

/** Place of a stack's Docker host in its subnet. */
export const HOST_ADDRESS = 10;

/** Names of the apps inside the network: all lead to the environment's balancer. */
function environmentNames(
  { name, environment, parent }: Request,
  network: NetworkAttachment,
): pulumi.Resource[] {
  const zone = new PrivateZone(
    `${name}-apps-zone`,
    {
      privateZoneName: network.environment.defaultDomain,
      resourceGroupName: network.group.name,
      location: "global",
      tags: tagsOf(environment),
    },
    { parent },
  );
  const link = linkZone(`${name}-apps-zone`, zone, network, environment, parent);
  const record = new PrivateRecordSet(
    `${name}-apps-record`,
    {
      privateZoneName: zone.name,
      resourceGroupName: network.group.name,
      recordType: "A",
      relativeRecordSetName: "*",
      ttl: 300,
      aRecords: [{ ipv4Address: network.environment.staticIp }],
    },
    { parent },
  );
  return [link, record];
}
