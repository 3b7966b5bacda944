import { DefaultSecurityGroup } from "@pulumi/aws/ec2/defaultSecurityGroup";
import { Vpc } from "@pulumi/aws/ec2/vpc";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  PrivateNetworkBuilder,
  PrivateNetworkLinks,
  PrivateNetworkOutputs,
  PrivateNetworkSpec,
} from "../../components/private-network";
import type { NetworkAttachment } from "./attachments";
import { workloadCluster } from "./cluster";
import { checkLogDays } from "./log-days";
import { connectServices } from "./network-endpoints";
import { layOut } from "./network-layout";
import { flowLogs } from "./network-logs";
import { PROFILES } from "./profile";
import { scopeOf } from "./scope";
import { readSettings } from "./settings";
import { cidrProblem, zoneNames, zoneSubnets } from "./subnets";

type Resolved = Required<PrivateNetworkSpec>;

const describe: Parity<PrivateNetworkSpec> = {
  cidr: "VPC range; each zone gets a quarter, cut into private, public and isolated subnets",
  zones: "Availability zones a, b, c of the region, by name and without a look-up",
  outbound:
    "NAT gateways; AWS's own services are always reached over VPC endpoints, so that egress can be closed",
  flowLogDays: "VPC flow logs of all traffic in CloudWatch Logs",
};

function resolve(
  spec: PrivateNetworkSpec,
  { environment, path, problems }: ResolveContext,
): Resolved {
  const defaults = PROFILES[environment.profile];
  const resolved = {
    cidr: spec.cidr ?? "10.40.0.0/16",
    zones: spec.zones ?? defaults.zones,
    outbound: spec.outbound ?? defaults.outbound,
    flowLogDays: spec.flowLogDays ?? defaults.flowLogDays,
  };
  readSettings(problems);
  const wrong = cidrProblem(resolved.cidr);
  if (wrong) problems.add(`${path}.cidr`, wrong);
  checkLogDays(resolved.flowLogDays, `${path}.flowLogDays`, problems);
  if (resolved.zones !== 2 && resolved.zones !== 3) {
    problems.add(`${path}.zones`, `${resolved.zones} zones are not offered; use 2 or 3`);
  }
  return resolved;
}

function build(request: BuildRequest<Resolved, PrivateNetworkLinks>): PrivateNetworkOutputs {
  const scope = scopeOf(request);
  const { spec, name, environment } = request;
  const defaults = PROFILES[environment.profile];
  const zones = zoneSubnets(spec.cidr, zoneNames(scope.region, spec.zones));
  const vpc = new Vpc(
    `${name}-vpc`,
    {
      cidrBlock: spec.cidr,
      // Both are needed for the private names of the endpoints.
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: scope.named("vpc"),
    },
    scope.child,
  );
  // Without rules, so that what forgets to name a group reaches nothing and is reached by nothing.
  new DefaultSecurityGroup(
    `${name}-default`,
    { vpcId: vpc.id, ingress: [], egress: [], tags: scope.named("default") },
    scope.child,
  );
  const layout = layOut(scope, vpc, zones, spec.outbound);
  const endpoints = connectServices(scope, vpc, layout, zones, defaults.endpointZones);
  flowLogs(scope, vpc, spec.flowLogDays);
  const attachment: NetworkAttachment = {
    cloud: "aws",
    vpcId: vpc.id,
    publicSubnets: layout.publicSubnets,
    privateSubnets: layout.privateSubnets,
    isolatedSubnets: layout.isolatedSubnets,
    endpointGroup: endpoints.group,
    s3PrefixList: endpoints.s3PrefixList,
    forHosts: endpoints.forHosts,
    ...workloadCluster(scope, vpc, spec.flowLogDays),
    outbound: spec.outbound,
    ready: [...layout.routes, ...endpoints.all],
  };
  return { attachment };
}

export const privateNetwork: PrivateNetworkBuilder = builder({
  cloud: "aws",
  describe,
  resolve,
  build,
});
