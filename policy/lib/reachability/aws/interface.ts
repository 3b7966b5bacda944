import type { Graph } from "../../graph/graph";
import { parseRange, type AddressRange } from "../../net/ranges";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { joined, pointsTo, type Pointer } from "../pointer";
import { DEFAULT_GROUP, GROUP_TYPES } from "./groups";

export const SUBNET_TYPES = [
  "aws:ec2/subnet:Subnet",
  "aws:ec2/defaultSubnet:DefaultSubnet",
] as const;
export const VPC_TYPES = ["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"] as const;

/** An elastic network interface that a plan implies: where it stands and what guards it. */
export interface Interface {
  readonly subnets: Pointer;
  readonly groups: Pointer;
  /** Where no group is named, the VPC's default group guards it: as AWS made it, or as somebody outside left it. */
  readonly byDefault: false | "as made" | "outside";
}

/** The subnets that properties name. */
export function subnetsIn(graph: Graph, resource: Resource, values: readonly Value[]): Pointer {
  return joined(values.map((value) => pointsTo(graph, resource, value, SUBNET_TYPES)));
}

/** An interface in subnets, guarded by the groups that properties name. */
export function interfaceOf(
  graph: Graph,
  resource: Resource,
  subnets: Pointer,
  groups: readonly Value[],
): Interface {
  const named = groups.filter((value) => value.unknown || value.each.length > 0);
  if (named.length === 0) return byDefaultGroup(graph, subnets);
  const guards = joined(named.map((value) => pointsTo(graph, resource, value, GROUP_TYPES)));
  return { subnets, groups: guards, byDefault: false };
}

/** The default group counts as managed where the plan empties or fills it. */
function byDefaultGroup(graph: Graph, subnets: Pointer): Interface {
  const { known, open } = vpcsOf(graph, subnets);
  const managed = graph
    .ofType(DEFAULT_GROUP)
    .filter((group) =>
      pointsTo(graph, group, group.at("vpcId"), VPC_TYPES).targets.some(({ urn }) =>
        known.has(urn),
      ),
    );
  if (managed.length > 0)
    return { subnets, groups: { ...joined([]), targets: managed }, byDefault: false };
  const ours = !open && [...known].every((key) => graph.find(key)?.type === VPC_TYPES[0]);
  return { subnets, groups: joined([]), byDefault: ours ? "as made" : "outside" };
}

/** The VPCs of an interface's subnets; literal names of VPCs outside the plan count as what they are. */
export function vpcsOf(graph: Graph, subnets: Pointer): { known: Set<string>; open: boolean } {
  const known = new Set<string>();
  let open = subnets.blind || subnets.maybe.length > 0 || subnets.outside.length > 0;
  for (const subnet of subnets.targets) {
    const pointer = pointsTo(graph, subnet, subnet.at("vpcId"), VPC_TYPES);
    const keys = [...pointer.targets.map(({ urn }) => urn), ...pointer.outside];
    for (const key of keys) known.add(key);
    if (keys.length === 0) open = true;
  }
  if (known.size === 0) open = true;
  return { known, open };
}

/** Address ranges of a subnet; undefined where the update will tell. */
export function rangeOf(subnet: Resource): AddressRange | undefined {
  const text = subnet.at("cidrBlock").text ?? subnet.outputs.at("cidrBlock").text;
  return text === undefined ? undefined : parseRange(text);
}
