import type { Graph } from "../../lib/graph/graph";
import { NODE_TYPES, reachabilityOf } from "../../lib/reachability/reachability";
import { cannotTell, violation, type Report, type Rule } from "../../lib/rule";
import type { Resource } from "../../lib/resource";

function run(graph: Graph): (Report & { resource: Resource })[] {
  const reachability = reachabilityOf(graph);
  return reachability.uses.flatMap((use) => {
    const { verdict, reasons } = reachability.reach(use);
    if (verdict === "yes") return [];
    const { resource, name } = use.client;
    const port = use.ports.length === 0 ? "" : ` on TCP ${use.ports.join(" and ")}`;
    const way = `${name} to ${use.target.name}${port}`;
    const report =
      verdict === "no"
        ? violation(resource.props, `no way from ${way}: ${reasons.join("; ")}`)
        : cannotTell(resource.props, `whether there is a way from ${way}: ${reasons.join("; ")}`);
    return [{ ...report, resource }];
  });
}

export const rule: Rule = {
  id: "declared-use-reachable",
  title: "Every store and service that a workload is told about can be reached by it",
  severity: "high",
  category: "private-network",
  profile: "baseline",
  why: "The deployment ends well, and the program waits for connections that never open until it is restarted for ever.",
  fix: {
    aws: "Let the client's security group out to the target's on its port, and in from it; put both into subnets of one VPC.",
    azure:
      "Put the environment into a subnet, link the store's private DNS zone to its network, and let the subnet through both security groups.",
    gcp: "Give the service vpcAccess to the store's network and region, and allow its tag out to the store's address.",
    docker:
      "Attach both containers to one user-defined network, and call the target by its name or alias there.",
  },
  controls: { nist: ["SC-7", "AC-4", "CP-2"], cis: ["12.2"] },
  checkStack: { types: NODE_TYPES, run },
};
