import { Subnet, VirtualNetwork } from "@pulumi/azure-native/network";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  PrivateNetworkLinks,
  PrivateNetworkOutputs,
  PrivateNetworkSpec,
} from "../../components/private-network";
import { APP_TABLES, appsEnvironment } from "./apps-environment";
import type { NetworkAttachment } from "./attachments";
import { flowLogs } from "./flow-logs";
import { Gathered } from "./gathered";
import { logWorkspace } from "./logs";
import { natGateway } from "./nat-gateway";
import { isNetwork, layoutOf, reservedOverlap, type Layout } from "./network-layout";
import { securityGroups } from "./network-rules";
import { byProfile } from "./profile";
import { resourceGroup } from "./resource-group";
import { JOB_RUNNER_ACTIONS, stackRole } from "./roles";
import { readSettings, settings } from "./settings";
import { tagsOf } from "./tags";

interface Resolved {
  readonly cidr: string;
  readonly layout: Layout;
  readonly zoneRedundant: boolean;
  readonly outbound: "none" | "single" | "zonal";
  readonly flowLogDays: number;
}

type Request = BuildRequest<Resolved, PrivateNetworkLinks>;

const describe: Parity<PrivateNetworkSpec> = {
  cidr:
    "address space of a virtual network with subnets for containers (delegated, /23), PostgreSQL " +
    "(delegated, /26), private endpoints (/26) and, where there are any, an Application Gateway and " +
    "Docker hosts; security groups open the ways between them that are used and no others. The containers of a stack share their " +
    "subnet, so the network cannot tell them apart: identities and secrets do",
  zones:
    "the Container Apps environment spreads replicas over all zones of the region when zones are " +
    "asked for; Azure chooses them, 2 and 3 mean the same, and a change replaces the environment",
  outbound:
    "single: a NAT gateway with a fixed address; none: no gateway, and a rule closes the internet " +
    "to all containers; zonal is refused, since a subnet takes one gateway. Whether the internet " +
    "is open on 443 is decided per stack: open when one workload asks for it",
  flowLogDays:
    "virtual network flow logs in a storage account; beyond a year the account cleans up by itself",
};

function resolve(
  spec: PrivateNetworkSpec,
  { environment, path, problems }: ResolveContext,
): Resolved {
  readSettings(problems);
  const cidr = spec.cidr ?? "10.40.0.0/16";
  const valid = isNetwork(cidr);
  if (!valid) {
    problems.add(`${path}.cidr`, `"${cidr}" is no network of /16 to /20; use e.g. 10.40.0.0/16`);
  } else {
    const reserved = reservedOverlap(cidr);
    if (reserved) {
      problems.add(
        `${path}.cidr`,
        `${cidr} overlaps ${reserved}, which Container Apps keeps for itself; use e.g. 10.40.0.0/16`,
      );
    }
  }
  const outbound = spec.outbound ?? byProfile("outbound", environment);
  if (outbound === "zonal") {
    problems.add(
      `${path}.outbound`,
      "zonal is not offered on Azure: the containers share one subnet, which takes one NAT " +
        "gateway in one zone; use single, or none when no workload needs the internet",
    );
  }
  const flowLogDays = spec.flowLogDays ?? byProfile("flowLogDays", environment);
  if (!Number.isInteger(flowLogDays) || flowLogDays < 1 || flowLogDays > 36500) {
    problems.add(`${path}.flowLogDays`, `${flowLogDays} is not offered; give 1 to 36500 days`);
  }
  return {
    cidr,
    layout: layoutOf(valid ? cidr : "10.40.0.0/16"),
    zoneRedundant: spec.zones !== undefined || byProfile("zoneRedundant", environment),
    outbound,
    flowLogDays,
  };
}

function build(request: Request): PrivateNetworkOutputs {
  const { name, spec, parent, environment } = request;
  const place = settings();
  const group = resourceGroup(environment, parent);
  const gathered = new Gathered();
  const vnet = new VirtualNetwork(
    `${name}-vnet`,
    {
      resourceGroupName: group.name,
      location: place.location,
      addressSpace: { addressPrefixes: [spec.cidr] },
      tags: tagsOf(environment),
    },
    { parent },
  );
  const subnets = buildSubnets(request, vnet, gathered);
  flowLogs({ name, days: spec.flowLogDays, vnet, group, environment, parent });
  const workspace = logWorkspace({
    name,
    environment,
    parent,
    days: gathered.wishes.apply(({ logDays }) => logDays),
    tables: APP_TABLES,
  });
  const apps = appsEnvironment({
    name,
    group,
    subnet: subnets.appsSubnet,
    zoneRedundant: spec.zoneRedundant,
    wishes: gathered.wishes,
    workspace,
    environment,
    parent,
  });
  const jobRunner = stackRole({
    logicalName: `${name}-job-runner`,
    parent,
    group,
    environment,
    settings: place,
    title: "Start a job and wait for it",
    actions: JOB_RUNNER_ACTIONS,
  });
  const attachment: NetworkAttachment = {
    cloud: "azure",
    component: parent,
    group,
    vnet,
    ...subnets,
    environment: apps,
    workspace,
    gathered,
    layout: spec.layout,
    zoneRedundant: spec.zoneRedundant,
    outbound: spec.outbound,
    jobRunner,
  };
  return { attachment };
}

/** Writes to one network exclude each other, so the subnets are made one after the other. */
function buildSubnets(
  { name, spec, parent, environment }: Request,
  vnet: VirtualNetwork,
  gathered: Gathered,
): Pick<NetworkAttachment, "appsSubnet" | "postgresSubnet" | "endpointsSubnet" | "natGateway"> {
  const group = resourceGroup(environment, parent);
  const rules = securityGroups(
    { name, group, environment, parent },
    spec.layout,
    spec.outbound,
    gathered,
  );
  const common = {
    resourceGroupName: group.name,
    virtualNetworkName: vnet.name,
  };
  const gateway =
    spec.outbound === "none"
      ? undefined
      : natGateway({ name, group, zoneRedundant: spec.zoneRedundant, environment, parent });
  const delegated = (serviceName: string): { name: string; serviceName: string }[] => [
    { name: "delegation", serviceName },
  ];
  const appsSubnet = new Subnet(
    `${name}-apps-subnet`,
    {
      ...common,
      addressPrefix: spec.layout.apps,
      delegations: delegated("Microsoft.App/environments"),
      networkSecurityGroup: { id: rules.apps.id },
      // With a gateway the platform's own way out is closed: it has no fixed address.
      ...(gateway ? { defaultOutboundAccess: false, natGateway: { id: gateway.id } } : {}),
    },
    { parent },
  );
  const postgresSubnet = new Subnet(
    `${name}-postgres-subnet`,
    {
      ...common,
      addressPrefix: spec.layout.postgres,
      delegations: delegated("Microsoft.DBforPostgreSQL/flexibleServers"),
      defaultOutboundAccess: false,
      networkSecurityGroup: { id: rules.postgres.id },
    },
    { parent, dependsOn: [appsSubnet] },
  );
  const endpointsSubnet = new Subnet(
    `${name}-endpoints-subnet`,
    {
      ...common,
      addressPrefix: spec.layout.endpoints,
      defaultOutboundAccess: false,
      networkSecurityGroup: { id: rules.endpoints.id },
      // Without this the security group does not count for private endpoints.
      privateEndpointNetworkPolicies: "Enabled",
    },
    { parent, dependsOn: [postgresSubnet] },
  );
  return {
    appsSubnet,
    postgresSubnet,
    endpointsSubnet,
    ...(gateway ? { natGateway: gateway } : {}),
  };
}

export const privateNetwork = builder({ cloud: "azure", describe, resolve, build });
