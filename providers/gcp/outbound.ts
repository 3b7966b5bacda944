import { Router, RouterNat, type Network, type Subnetwork } from "@pulumi/gcp/compute";
import type { Scope } from "./scope";
import { settings } from "./settings";

/** The way out: address translation for the workloads' subnet, and for it alone. */
export function openOutbound(scope: Scope, network: Network, subnetwork: Subnetwork): RouterNat {
  const { name, parent } = scope;
  const { project, region } = settings();
  const router = new Router(`${name}-router`, { project, region, network: network.id }, { parent });
  return new RouterNat(
    `${name}-nat`,
    {
      project,
      region,
      router: router.name,
      natIpAllocateOption: "AUTO_ONLY",
      sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
      subnetworks: [{ name: subnetwork.id, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
      // Ports are lent as they are needed: a fixed share runs out under many connections to one host.
      enableDynamicPortAllocation: true,
      enableEndpointIndependentMapping: false,
      minPortsPerVm: 64,
      maxPortsPerVm: 4096,
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    },
    { parent },
  );
}
