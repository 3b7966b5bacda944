import * as pulumi from "@pulumi/pulumi";
import { Firewall, type FirewallArgs, type Network } from "@pulumi/gcp/compute";
import type { Endpoint } from "../../components/attachment";
import type { AddressAttachment, NetworkAttachment, StoreAttachment } from "./attachments";
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
): Firewall[] {
  const rule = (role: string, args: Omit<FirewallArgs, "network">): Firewall =>
    new Firewall(
      `${name}-${role}`,
      { project: settings().project, network: network.id, ...args },
      { parent },
    );
  const deny = {
    denies: [{ protocol: "all" }],
    logConfig: { metadata: "INCLUDE_ALL_METADATA" },
  };
  const allow = { direction: "EGRESS", allows: [{ protocol: "tcp", ports: ["443"] }] };
  const closed = [
    rule("deny-ingress", {
      ...deny,
      direction: "INGRESS",
      priority: PRIORITY.closeAll,
      sourceRanges: ["0.0.0.0/0"],
      description: "Nothing connects into the network: the balancer reaches Cloud Run outside it",
    }),
    rule("deny-egress", {
      ...deny,
      direction: "EGRESS",
      priority: PRIORITY.closeAll,
      destinationRanges: ["0.0.0.0/0"],
      description: "Closed unless a rule of higher precedence opens it",
    }),
    rule("deny-stores", {
      ...deny,
      direction: "EGRESS",
      priority: PRIORITY.closeStores,
      destinationRanges: [`${stores.address}/${stores.prefix}`],
      description: "The stores' range, also for workloads with a way out to the internet",
    }),
    rule("allow-google-apis", {
      ...allow,
      priority: PRIORITY.googleApis,
      destinationRanges: [GOOGLE_APIS],
      description: "The platform's own services",
    }),
  ];
  if (!hasOutbound) return closed;
  const open = rule("allow-https", {
    ...allow,
    priority: PRIORITY.internet,
    destinationRanges: ["0.0.0.0/0"],
    targetTags: [HTTPS_TAG],
    description: "Workloads that asked for it",
  });
  return [...closed, open];
}

/** Opens one store to one workload: its address and its port, nothing beside. */
export function openStore(
  { name, parent }: Scope,
  { network }: NetworkAttachment,
  tag: string,
  { name: storeName, port }: Endpoint,
  store: StoreAttachment | AddressAttachment,
): Firewall {
  return openTo({ name, parent }, network, tag, {
    role: storeName,
    range: pulumi.interpolate`${store.address}/32`,
    port,
    description: `${name} uses ${storeName}`,
  });
}

/** Opens one port of a range of addresses to one workload. */
export function openTo(
  { name, parent }: Pick<Scope, "name" | "parent">,
  network: Network,
  tag: string,
  to: {
    readonly role: string;
    readonly range: pulumi.Input<string>;
    readonly port: number;
    readonly description: string;
  },
): Firewall {
  return new Firewall(
    childName(name, "to", to.role),
    {
      project: settings().project,
      network: network.id,
      direction: "EGRESS",
      priority: PRIORITY.clientToStore,
      targetTags: [tag],
      destinationRanges: [to.range],
      allows: [{ protocol: "tcp", ports: [`${to.port}`] }],
      description: to.description,
    },
    { parent },
  );
}

/** Lets some addresses in to one workload's port: nothing else connects into the network. */
export function openFrom(
  { name, parent }: Pick<Scope, "name" | "parent">,
  network: Network,
  tag: string,
  from: {
    readonly role: string;
    readonly port: number;
    readonly description: string;
    readonly sourceRanges?: string[];
    readonly sourceTags?: string[];
  },
): Firewall {
  const { role, port, ...rest } = from;
  return new Firewall(
    childName(name, "from", role),
    {
      project: settings().project,
      network: network.id,
      direction: "INGRESS",
      priority: PRIORITY.clientToStore,
      targetTags: [tag],
      allows: [{ protocol: "tcp", ports: [`${port}`] }],
      ...rest,
    },
    { parent },
  );
}
