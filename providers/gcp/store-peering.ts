import { GlobalAddress, type Network } from "@pulumi/gcp/compute";
import { Connection } from "@pulumi/gcp/servicenetworking";
import { foundation } from "./foundation";
import type { Ranges } from "./ranges";
import type { Scope } from "./scope";
import { settings } from "./settings";

/**
 * Private services access: Google's network that holds Cloud SQL and Memorystore is peered with
 * ours and takes its addresses from the given range. One connection per network.
 */
export function peerStores(scope: Scope, network: Network, { stores }: Ranges): Connection {
  const { name, parent } = scope;
  const { apis } = foundation(scope);
  const range = new GlobalAddress(
    `${name}-stores-range`,
    {
      project: settings().project,
      network: network.id,
      purpose: "VPC_PEERING",
      addressType: "INTERNAL",
      address: stores.address,
      prefixLength: stores.prefix,
    },
    { parent },
  );
  return new Connection(
    `${name}-stores`,
    {
      network: network.id,
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: [range.name],
      // Google holds the peering for days after the last store is gone; deleting it would fail.
      deletionPolicy: "ABANDON",
      // ... so a stack that is made again may find its connection already there.
      updateOnCreationFail: true,
    },
    { parent, dependsOn: [apis.servicenetworking] },
  );
}
