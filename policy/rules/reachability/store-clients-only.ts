import type { Graph } from "../../lib/graph/graph";
import type { Admission, Node } from "../../lib/reachability/model";
import { reachabilityOf, STORE_TYPES } from "../../lib/reachability/reachability";
import { cannotTell, violation, type Context, type Report, type Rule } from "../../lib/rule";
import type { Resource } from "../../lib/resource";

function run(graph: Graph, { settings }: Context): (Report & { resource: Resource })[] {
  const reachability = reachabilityOf(graph);
  const accepted = new Set<string | undefined>(settings.acceptedSharing);
  return reachability.nodes
    .filter(({ kind }) => kind === "store")
    .flatMap((store) =>
      reachability
        .extras(store)
        .filter(({ sharing }) => sharing === undefined || !accepted.has(sharing))
        .map((extra) => ({ ...tell(extra, store), resource: store.resource })),
    );
}

function tell({ who, verdict, through, sharing }: Admission, { name, resource }: Node): Report {
  const why = sharing === undefined ? through : `${through} (${sharing})`;
  return verdict === "yes"
    ? violation(resource.props, `${who} can connect to ${name} and is told nothing of it: ${why}`)
    : cannotTell(resource.props, `whether ${who} can connect to ${name}: ${why}`);
}

export const rule: Rule = {
  id: "store-clients-only",
  title: "A store is reached by its clients and by nobody else",
  severity: "medium",
  category: "private-network",
  profile: "strict",
  why: "Whoever breaks into any other workload of the network finds the store's port open, and needs only a password.",
  fix: {
    aws: "Allow the port from the security groups of the clients alone, one group per workload.",
    azure:
      "Give the store's subnet a security group that lets the clients' subnet in and denies VirtualNetwork; accept settings.acceptedSharing where apps share an environment.",
    gcp: "Deny the stores' range to everybody (EGRESS) and allow each store to the clients' tags with a lower number.",
    docker: "Give each store an internal network of its own and attach its clients alone.",
  },
  controls: { nist: ["SC-7(5)", "AC-4", "AC-6"], cis: ["4.4", "12.2"] },
  checkStack: { types: STORE_TYPES, run },
};
