import { ofEach } from "../../../lib/deployability/each";
import { linked } from "../../../lib/deployability/gcp/named";
import { CONNECTOR, NETWORK, SUBNET, WORKLOADS } from "../../../lib/deployability/gcp/types";
import { templateOf } from "../../../lib/deployability/gcp/workloads";
import { deployability } from "../../../lib/deployability/rule";
import { physicalName } from "../../../lib/deployability/values";
import type { Graph } from "../../../lib/graph/graph";
import { forTypes, undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

export const rule = deployability({
  id: "gcp-cloudrun-vpcaccess-exclusive",
  title: "Cloud Run enters one network in one way, in its own region",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "400: connector and network interfaces are mutually exclusive, or the subnetwork does not exist.",
  },
  fix: "Set either connector or one entry of networkInterfaces, name the subnetwork where it is not called as its network, and take one in the service's region.",
  source: "https://cloud.google.com/run/docs/configuring/vpc-direct-vpc",
  check: forTypes(WORKLOADS, (workload): Report[] => {
    const access = templateOf(workload).at("vpcAccess");
    const [, second] = access.at("networkInterfaces").each;
    const connector = access.at("connector");
    const reports: Report[] = [];
    if (
      connector.present &&
      connector.text !== "" &&
      access.at("networkInterfaces").each.length > 0
    )
      reports.push({
        ...violation(access, "it has a connector and network interfaces too"),
        answer: "400: connector and network interfaces are mutually exclusive.",
      });
    if (second !== undefined)
      reports.push({
        ...violation(second, "it has more than one network interface"),
        answer: "400: only one network interface is supported.",
      });
    return access.unknown ? [undecided(access)] : reports;
  }),
  checkStack: ofEach(WORKLOADS, (workload, graph) => {
    const access = templateOf(workload).at("vpcAccess");
    return [
      ...access
        .at("networkInterfaces")
        .items.flatMap((face) => checkInterface(graph, workload, face)),
      ...checkRegion(workload, access.at("connector"), linkedTo(graph, workload, access)),
    ];
  }),
});

function linkedTo(graph: Graph, workload: Resource, access: Value): Resource | undefined {
  return linked(graph, workload, access.at("connector"), CONNECTOR).resource;
}

function checkInterface(graph: Graph, workload: Resource, face: Value): Report[] {
  const at = face.at("subnetwork");
  if (at.present) return checkRegion(workload, at, linked(graph, workload, at, SUBNET).resource);
  const name = face.at("network");
  const { resource: network } = linked(graph, workload, name, NETWORK);
  if (network === undefined) return [];
  const automatic = network.at("autoCreateSubnetworks");
  if (automatic.unknown) return [undecided(automatic)];
  if (automatic.boolean !== false) return [];
  const own = physicalName(network);
  const same = graph.ofType(SUBNET).some((subnet) => {
    const theirs = subnet.at("name");
    return theirs.unknown || (own?.kind === "given" && theirs.text === own.text);
  });
  return same || own === undefined
    ? []
    : [
        violation(
          name,
          `${network.name} has no subnetwork of its own name, so one has to be named`,
        ),
      ];
}

function checkRegion(workload: Resource, at: Value, way: Resource | undefined): Report[] {
  const [own, theirs] = [workload.at("location").text, way?.at("region").text];
  if (own === undefined || theirs === undefined || own === theirs) return [];
  return [violation(at, `${way?.name ?? "it"} is in ${theirs}, and this runs in ${own}`)];
}
