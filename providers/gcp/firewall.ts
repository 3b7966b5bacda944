import * as pulumi from "@pulumi/pulumi";
import { Firewall, type Network } from "@pulumi/gcp/compute";
import type { Endpoint } from "../../components/attachment";
import type { NetworkAttachment, StoreAttachment } from "./attachments";
import { childName } from "./names";
import type { Ranges } from "./ranges";
import type { Scope } from "./scope";
import { settings } from "./settings";

/**
 * Cloud SQL and Memorystore stand in Google's network, which our ingress rules do not protect: only
 * what leaves ours can be restricted. So everything outbound is closed and opened again by the
 * network tag of a workload. The lower number goes first.
 */
const PRIORITY = {
  clientToStore: 900,
  closeStores: 1000,
  googleApis: 1100,
  internet: 2000,
  closeAll: 65000,
} as const;

/** Addresses of private.googleapis.com: the platform's own services over private routes. */
export const GOOGLE_APIS = "199.36.153.8/30";

/** Tag of the workloads that may open TCP 443 to the internet. */
export const HTTPS_TAG = "egress-https";

/** The rules that do not depend on a workload. */
export function closeNetwork(
  { name, parent }: Scope,
  network: Network,
  { stores }: Ranges,
  hasOutbound: boolean,
): void {
  const { project } = settings();
  const base = { project, network: network.id };
  const log = { logConfig: { metadata: "INCLUDE_ALL_METADATA" } };
  new Firewall(
    `${name}-deny-ingress`,
    {
      ...base,
      ...log,
      direction: "INGRESS",
      priority: PRIORITY.closeAll,
      sourceRanges: ["0.0.0.0/0"],
      denies: [{ protocol: "all" }],
      description: "Nothing connects into the network: the balancer reaches Cloud Run outside it",
    },
    { parent },
  );
  new Firewall(
    `${name}-deny-egress`,
    {
      ...base,
      ...log,
      direction: "EGRESS",
      priority: PRIORITY.closeAll,
      destinationRanges: ["0.0.0.0/0"],
      denies: [{ protocol: "all" }],
      description: "Closed unless a rule of higher precedence opens it",
    },
    { parent },
  );
  new Firewall(
    `${name}-deny-stores`,
    {
      ...base,
      ...log,
      direction: "EGRESS",
      priority: PRIORITY.closeStores,
      destinationRanges: [`${stores.address}/${stores.prefix}`],
      denies: [{ protocol: "all" }],
      description: "The stores' range, also for workloads with a way out to the internet",
    },
    { parent },
  );
  new Firewall(
    `${name}-allow-google-apis`,
    {
      ...base,
      direction: "EGRESS",
      priority: PRIORITY.googleApis,
      destinationRanges: [GOOGLE_APIS],
      allows: [{ protocol: "tcp", ports: ["443"] }],
      description: "The platform's own services",
    },
    { parent },
  );
  if (!hasOutbound) return;
  new Firewall(
    `${name}-allow-https`,
    {
      ...base,
      direction: "EGRESS",
      priority: PRIORITY.internet,
      destinationRanges: ["0.0.0.0/0"],
      targetTags: [HTTPS_TAG],
      allows: [{ protocol: "tcp", ports: ["443"] }],
      description: "Workloads that asked for it",
    },
    { parent },
  );
}

/** Opens one store to one workload: its address and its port, nothing beside. */
export function openStore(
  { name, parent }: Scope,
  { network }: NetworkAttachment,
  tag: string,
  { name: storeName, port }: Endpoint,
  store: StoreAttachment,
): Firewall {
  return new Firewall(
    childName(name, "to", storeName),
    {
      project: settings().project,
      network: network.id,
      direction: "EGRESS",
      priority: PRIORITY.clientToStore,
      targetTags: [tag],
      destinationRanges: [pulumi.interpolate`${store.address}/32`],
      allows: [{ protocol: "tcp", ports: [`${port}`] }],
      description: `${name} uses ${storeName}`,
    },
    { parent },
  );
}
