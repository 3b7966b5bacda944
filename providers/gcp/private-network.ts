import { Network, Subnetwork } from "@pulumi/gcp/compute";
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
import type { NetworkAttachment } from "./attachments";
import { closeNetwork } from "./firewall";
import { foundation } from "./foundation";
import { googleApisPrivately } from "./google-apis";
import { checkLogDays, keepLogs } from "./log-store";
import { openOutbound } from "./outbound";
import { PROFILE } from "./profile";
import { checkCidr, rangesOf } from "./ranges";
import { checkSettings, settings } from "./settings";
import { peerStores } from "./store-peering";

interface ResolvedNetwork {
  readonly cidr: string;
  readonly outbound: boolean;
  readonly flowLogDays: number;
  readonly flowSampling: number;
}

const describe: Parity<PrivateNetworkSpec> = {
  cidr: "custom-mode VPC: the first quarter is the subnet of Cloud Run's instances, the second half is handed to private services access for Cloud SQL and Memorystore",
  zones:
    "nothing to choose: subnet, Cloud NAT, Cloud Run and the balancer are regional and use every zone",
  outbound:
    "Cloud NAT, which is regional, so that `single` and `zonal` are the same; `none` leaves it out, and Google's APIs are reached privately in every case",
  flowLogDays: "VPC flow logs of the subnet, routed to a log bucket with this retention",
};

function resolveNetwork(spec: PrivateNetworkSpec, context: ResolveContext): ResolvedNetwork {
  const { path, problems, environment } = context;
  const defaults = PROFILE[environment.profile];
  checkSettings(problems);
  const cidr = spec.cidr ?? "10.40.0.0/16";
  checkCidr(cidr, `${path}.cidr`, problems);
  const flowLogDays = spec.flowLogDays ?? defaults.flowLogDays;
  checkLogDays(flowLogDays, `${path}.flowLogDays`, problems);
  return {
    cidr,
    outbound: (spec.outbound ?? defaults.outbound) !== "none",
    flowLogDays,
    flowSampling: defaults.flowSampling,
  };
}

function buildNetwork(
  request: BuildRequest<ResolvedNetwork, PrivateNetworkLinks>,
): PrivateNetworkOutputs {
  const { name, spec, parent } = request;
  const { project, region } = settings();
  const { apis } = foundation(request);
  const ranges = rangesOf(spec.cidr);
  const network = new Network(
    `${name}-vpc`,
    { project, autoCreateSubnetworks: false, routingMode: "REGIONAL" },
    { parent, dependsOn: [apis.compute] },
  );
  const subnetwork = new Subnetwork(
    `${name}-workloads`,
    {
      project,
      region,
      network: network.id,
      ipCidrRange: ranges.workloads,
      privateIpGoogleAccess: true,
      logConfig: {
        aggregationInterval: "INTERVAL_5_SEC",
        flowSampling: spec.flowSampling,
        metadata: "INCLUDE_ALL_METADATA",
      },
    },
    // Cloud Run gives an address back up to two hours after the last revision that used it.
    { parent, customTimeouts: { delete: "150m" } },
  );
  const stores = peerStores(request, network, ranges);
  const rules = closeNetwork(request, network, ranges, spec.outbound);
  googleApisPrivately(request, network);
  const outbound = spec.outbound ? [openOutbound(request, network, subnetwork)] : [];
  keepLogs(
    request,
    "flow-logs",
    subnetwork.subnetworkId.apply(
      (id) =>
        `log_id("compute.googleapis.com/vpc_flows") AND resource.labels.subnetwork_id="${id}"`,
    ),
    spec.flowLogDays,
  );
  const attachment: NetworkAttachment = {
    cloud: "gcp",
    kind: "network",
    network,
    subnetwork,
    ranges,
    stores,
    hasOutbound: spec.outbound,
    ready: [...rules, ...outbound],
  };
  return { attachment };
}

export const privateNetwork = builder({
  cloud: "gcp",
  describe,
  resolve: resolveNetwork,
  build: buildNetwork,
});
