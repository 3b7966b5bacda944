import { ofEach } from "../../../lib/deployability/each";
import { linked } from "../../../lib/deployability/gcp/named";
import { NAT, NETWORK, ROUTER, SUBNET, WORKLOADS } from "../../../lib/deployability/gcp/types";
import { networkOf, templateOf } from "../../../lib/deployability/gcp/workloads";
import { valuesAt } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

export const rule = deployability({
  id: "gcp-all-traffic-needs-nat",
  title: "Where all traffic of Cloud Run goes through the network, the network has a way out",
  fails: {
    when: "runtime",
    effect: "broken",
    answer: "calls to anything on the internet time out.",
  },
  fix: "Add a Router and a RouterNat of the network in the service's region that cover its subnet, or use egress PRIVATE_RANGES_ONLY.",
  source: "https://cloud.google.com/run/docs/configuring/networking-best-practices",
  checkStack: ofEach(WORKLOADS, (workload, graph): Report[] => {
    const egress = templateOf(workload).at("vpcAccess.egress");
    if (!egress.isWord("ALL_TRAFFIC")) return [];
    const network = networkOf(graph, workload);
    if (network.resource === undefined) return [...network.open];
    const region = workload.at("location");
    const nats = graph
      .ofType(NAT)
      .filter((nat) => mayServe(graph, nat, network.resource as Resource, region.text));
    if (nats.length === 0)
      return [
        violation(egress, `${network.resource.name} has no RouterNat in the service's region`),
      ];
    const subnet = subnetOf(graph, workload);
    if (subnet === undefined || nats.some((nat) => covers(graph, nat, subnet))) return [];
    const [unknown] = nats.map((nat) => nat.at("subnetworks")).filter((list) => list.unknown);
    return unknown === undefined
      ? [violation(egress, `no RouterNat of the network covers subnet ${subnet.name}`)]
      : [undecided(unknown)];
  }),
});

function mayServe(
  graph: Graph,
  nat: Resource,
  network: Resource,
  region: string | undefined,
): boolean {
  const router = linked(graph, nat, nat.at("router"), ROUTER).resource;
  const place = nat.at("region").text ?? router?.at("region").text;
  if (place !== undefined && region !== undefined && place !== region) return false;
  if (router === undefined) return true;
  const theirs = linked(graph, router, router.at("network"), NETWORK).resource;
  return theirs === undefined || theirs === network;
}

function subnetOf(graph: Graph, workload: Resource): Resource | undefined {
  const [face] = templateOf(workload).at("vpcAccess.networkInterfaces").items;
  return face && linked(graph, workload, face.at("subnetwork"), SUBNET).resource;
}

function covers(graph: Graph, nat: Resource, subnet: Resource): boolean {
  const which = nat.at("sourceSubnetworkIpRangesToNat");
  if (!which.isWord("LIST_OF_SUBNETWORKS")) return true;
  return valuesAt(nat.props, "subnetworks[].name").some(
    (name) => linked(graph, nat, name, SUBNET).resource === subnet,
  );
}
