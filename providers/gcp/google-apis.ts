import type { Network } from "@pulumi/gcp/compute";
import { ManagedZone, RecordSet } from "@pulumi/gcp/dns";
import { foundation } from "./foundation";
import { labels } from "./labels";
import type { Scope } from "./scope";
import { settings } from "./settings";

/** private.googleapis.com, which the firewall lets every workload reach. */
const ADDRESSES = ["199.36.153.8", "199.36.153.9", "199.36.153.10", "199.36.153.11"];

/** Domains of the platform's own services; `run.app` is how one service calls another. */
const DOMAINS = { googleapis: "googleapis.com.", run: "run.app." } as const;

/**
 * Inside the network the platform's names lead to its private addresses. The public ones change
 * and cannot be told from anything else on the internet, so no firewall rule could name them.
 */
export function googleApisPrivately(scope: Scope, network: Network): void {
  const { name, parent, environment } = scope;
  const { project } = settings();
  const { apis } = foundation(scope);
  for (const [key, dnsName] of Object.entries(DOMAINS)) {
    const zone = new ManagedZone(
      `${name}-dns-${key}`,
      {
        project,
        dnsName,
        visibility: "private",
        privateVisibilityConfig: { networks: [{ networkUrl: network.id }] },
        description: "Google's services over private addresses",
        labels: labels(environment, name),
      },
      { parent, dependsOn: [apis.dns] },
    );
    const record = { project, managedZone: zone.name, type: "A", ttl: 300, rrdatas: ADDRESSES };
    new RecordSet(`${name}-dns-${key}-all`, { ...record, name: `*.${dnsName}` }, { parent });
  }
}
