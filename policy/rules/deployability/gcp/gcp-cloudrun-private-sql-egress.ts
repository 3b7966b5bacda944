import { ofEach } from "../../../lib/deployability/each";
import { linked } from "../../../lib/deployability/gcp/named";
import { storesOf, type StoreUse } from "../../../lib/deployability/gcp/stores";
import { NETWORK, SQL, WORKLOADS } from "../../../lib/deployability/gcp/types";
import { differ, networkOf, templateOf } from "../../../lib/deployability/gcp/workloads";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

export const rule = deployability({
  id: "gcp-cloudrun-private-sql-egress",
  title: "What connects to a private store from Cloud Run has a way into its network",
  fails: {
    when: "runtime",
    effect: "broken",
    answer: "the update is green, and the connection to the private address times out.",
  },
  fix: "Set vpcAccess of the service and of every job: networkInterfaces (or a connector) on the network of the store, egress PRIVATE_RANGES_ONLY or ALL_TRAFFIC.",
  source: "https://cloud.google.com/run/docs/configuring/vpc-direct-vpc",
  checkStack: ofEach(WORKLOADS, (workload, graph) =>
    storesOf(graph, workload).flatMap((use) => check(graph, workload, use)),
  ),
});

function check(graph: Graph, workload: Resource, { store, at }: StoreUse): Report[] {
  const access = templateOf(workload).at("vpcAccess");
  if (access.unknown) return [undecided(access)];
  const isEmpty = access.at("connector").absent && access.at("networkInterfaces").each.length === 0;
  if (isEmpty)
    return [violation(at, `it connects to ${store.name} and has no vpcAccess into its network`)];
  const name = store.at(
    store.type === SQL ? "settings.ipConfiguration.privateNetwork" : "authorizedNetwork",
  );
  if (name.absent) return [];
  const theirs = { at: name, ...linked(graph, store, name, NETWORK) };
  const own = networkOf(graph, workload);
  if (differ(own, theirs))
    return [
      violation(
        at,
        `it enters ${own.resource?.name ?? own.at.text ?? "another network"}, but ${store.name} is in ${theirs.resource?.name ?? name.text ?? "another one"}`,
      ),
    ];
  return own.resource === undefined && own.at.unknown ? [...own.open] : [];
}
