import { linked } from "../../../lib/deployability/gcp/named";
import { RUN_JOB, SUBNET, WORKLOADS } from "../../../lib/deployability/gcp/types";
import { templateOf } from "../../../lib/deployability/gcp/workloads";
import { about } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { prefixLength } from "../../../lib/deployability/subnet";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

const SMALLEST = 26;
/** Addresses an instance may hold while revisions change. */
const EACH = 4;
/** Addresses of a subnet that Google keeps. */
const KEPT = 4;

export const rule = deployability({
  id: "gcp-direct-egress-subnet-size",
  title: "A subnet for direct egress has room for every instance",
  confidence: "medium",
  fails: {
    when: "runtime",
    effect: "broken",
    answer: "instances fail to start: the subnet ran out of IP addresses.",
  },
  fix: "Give Cloud Run a subnet of /26 or larger, with four addresses for each instance of maxInstanceCount.",
  source: "https://cloud.google.com/run/docs/configuring/vpc-direct-vpc",
  checkStack: {
    types: WORKLOADS,
    run: (graph) => {
      const users = usersBySubnet(graph);
      return [...users].flatMap(([subnet, workloads]) =>
        about(subnet, checkSubnet(subnet, workloads)),
      );
    },
  },
});

function usersBySubnet(graph: Graph): Map<Resource, Resource[]> {
  const users = new Map<Resource, Resource[]>();
  for (const workload of graph.ofType(...WORKLOADS)) {
    const [face] = templateOf(workload).at("vpcAccess.networkInterfaces").items;
    const at = face?.at("subnetwork");
    const subnet = at && linked(graph, workload, at, SUBNET).resource;
    if (subnet !== undefined) users.set(subnet, [...(users.get(subnet) ?? []), workload]);
  }
  return users;
}

function checkSubnet(subnet: Resource, workloads: readonly Resource[]): Report[] {
  const range = subnet.at("ipCidrRange");
  if (range.unknown) return [undecided(range)];
  const length = prefixLength(range);
  if (length === undefined) return [];
  if (length > SMALLEST)
    return [violation(range, `a /${length} is smaller than the /${SMALLEST} direct egress needs`)];
  const instances = workloads.reduce((sum, workload) => sum + (instancesOf(workload) ?? 0), 0);
  const free = 2 ** (32 - length) - KEPT;
  if (EACH * instances <= free) return [];
  const names = workloads.map(({ name }) => name).join(", ");
  return [
    violation(
      range,
      `a /${length} has ${free} addresses, and ${instances} instances of ${names} may need ${EACH * instances}`,
    ),
  ];
}

/** The most instances there may be; undefined where it is left to the service. */
function instancesOf(workload: Resource): number | undefined {
  if (workload.type === RUN_JOB)
    return workload.at("template.parallelism").number ?? workload.at("template.taskCount").number;
  const revision = workload.at("template.scaling.maxInstanceCount").number;
  return revision ?? workload.at("scaling.maxInstanceCount").number;
}
