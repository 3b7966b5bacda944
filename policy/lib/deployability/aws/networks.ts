import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { undecided, violation, type Report } from "../../rule";
import type { Value } from "../../value/value";
import { cannotTell, targets } from "../links";
import { DEFAULT_VPC, SUBNET, VPC } from "./types";

/** The zones of subnets, as far as the plan tells. */
export interface Zones {
  /** Zones with the subnets in them. */
  readonly known: ReadonlyMap<string, readonly Resource[]>;
  /** Why more cannot be told; undefined where every subnet's zone is known. */
  readonly open: Report | undefined;
}

/** Zones of the subnets a list names. */
export function zonesOf(graph: Graph, resource: Resource, subnets: readonly Value[]): Zones {
  const { found, open } = targets(graph, resource, subnets, SUBNET);
  const known = new Map<string, Resource[]>();
  let unknown = open[0];
  for (const { resource: subnet, at } of found) {
    const zone = zoneOf(subnet);
    if (typeof zone !== "string") {
      unknown ??= zone.unknown
        ? { ...undecided(zone), path: at.path }
        : cannotTell(at, `${subnet.name} has no availabilityZone, so AWS chooses one`);
      continue;
    }
    const same = known.get(zone) ?? [];
    if (!same.includes(subnet)) known.set(zone, [...same, subnet]);
  }
  return { known, open: unknown };
}

function zoneOf(subnet: Resource): string | Value {
  const candidates = [
    subnet.at("availabilityZone"),
    subnet.at("availabilityZoneId"),
    subnet.outputs.at("availabilityZone"),
  ];
  const [known] = candidates.flatMap(({ text }) => text ?? []);
  return known ?? candidates.find((value) => value.unknown) ?? (candidates[0] as Value);
}

/** Which network something is in: a resource of the plan or the id of one outside; undefined if not known. */
export function vpcOf(graph: Graph, resource: Resource): Resource | string | undefined {
  const id = resource.at("vpcId");
  const [vpc] = graph.links(resource, id, [VPC, DEFAULT_VPC]).resources;
  return vpc ?? id.text;
}

/** Reports resources that are in another network than the first one; ids outside the plan are compared as texts. */
export function inOneVpc(
  graph: Graph,
  at: Value,
  resources: readonly Resource[],
  answer: string,
): Report[] {
  const placed = resources.flatMap((resource) => {
    const vpc = vpcOf(graph, resource);
    return vpc === undefined ? [] : [{ resource, vpc }];
  });
  const [first] = placed;
  const other = placed.find(({ vpc }) => vpc !== first?.vpc);
  // A text and a resource may be the same network under two names.
  if (first === undefined || other === undefined || typeof first.vpc !== typeof other.vpc)
    return [];
  return [
    {
      ...violation(
        at,
        `${first.resource.name} and ${other.resource.name} are in different networks`,
      ),
      answer,
    },
  ];
}
