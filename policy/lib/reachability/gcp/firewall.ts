import type { Graph } from "../../graph/graph";
import { parsePorts, parseProtocol } from "../../net/ports";
import { contains, overlaps, parseRange, type AddressRange } from "../../net/ranges";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { no, unknown, YES, type Answer } from "../answer";
import { pointsTo } from "../pointer";
import { networkIn, type Placement } from "./placement";

const FIREWALL = "gcp:compute/firewall:Firewall";
const DEFAULT_PRIORITY = 1000;

/** Where a packet goes: a store of the plan, or a range of addresses. */
export type Destination =
  | { readonly store: Resource; readonly range: AddressRange | undefined }
  | { readonly range: AddressRange };

/** Egress rules of the plan's networks: the only ones that stand between workloads and Google's own networks. */
export class EgressFirewall {
  private readonly graph: Graph;
  private readonly byNetwork = new Map<string, Resource[]>();

  constructor(graph: Graph) {
    this.graph = graph;
    for (const rule of graph.ofType(FIREWALL)) {
      if (!rule.at("direction").isWord("EGRESS") || rule.at("disabled").boolean === true) continue;
      const network = networkIn(graph, rule, rule.at("network"));
      if (network === undefined) continue;
      this.byNetwork.set(network, [...(this.byNetwork.get(network) ?? []), rule]);
    }
    for (const rules of this.byNetwork.values()) rules.sort(byPrecedence);
  }

  /** The first rule that fits decides; what fits none may leave. */
  allowed(from: Placement, to: Destination, port: number): Answer {
    let doubt: string | undefined;
    for (const rule of this.byNetwork.get(from.network ?? "") ?? []) {
      const fits = both(targets(rule, from), both(this.leadsTo(rule, to), namesPort(rule, port)));
      if (fits === false) continue;
      if (fits === undefined) {
        doubt ??= `whether ${rule.name} is about it is unknown`;
        continue;
      }
      if (doubt !== undefined) return unknown(doubt);
      return refuses(rule) ? no(`${rule.name} refuses TCP ${port}`) : YES;
    }
    if (this.graph.find(from.network ?? "") === undefined)
      return unknown("the firewall of a network outside the plan decides");
    return doubt === undefined ? YES : unknown(doubt);
  }

  /** Whether a rule's destination holds the whole of what is asked. */
  private leadsTo(rule: Resource, to: Destination): boolean | undefined {
    const ranges = rule.at("destinationRanges");
    if (ranges.absent || (ranges.each.length === 0 && !ranges.unknown)) return true;
    const known = ranges.each.flatMap(({ text }) => parseRange(text ?? "") ?? []);
    if (to.range !== undefined) {
      const { range } = to;
      if (known.some((each) => contains(each, range))) return true;
      if (known.some((each) => overlaps(each, range))) return undefined;
      if (known.length === ranges.each.length) return false;
    } else if (known.some(isEverything)) return true;
    if ("store" in to) return this.namesStore(rule, ranges, to.store, known);
    return undefined;
  }

  /** Addresses of stores are unknown in a preview; what a rule's range was made from tells which store it means. */
  private namesStore(
    rule: Resource,
    ranges: Value,
    store: Resource,
    known: readonly AddressRange[],
  ): boolean | undefined {
    const pointer = pointsTo(this.graph, rule, ranges, STORE_TYPES);
    if (pointer.targets.includes(store)) return true;
    if (pointer.maybe.includes(store)) return undefined;
    const others = pointer.targets.length + pointer.maybe.length;
    if (others > 0) return false;
    return holdsPeering(this.graph, rule, store, known);
  }
}

export const STORE_TYPES = [
  "gcp:sql/databaseInstance:DatabaseInstance",
  "gcp:redis/instance:Instance",
  "gcp:redis/cluster:Cluster",
  "gcp:alloydb/instance:Instance",
  "gcp:filestore/instance:Instance",
  "gcp:memcache/instance:Instance",
];

const ADDRESS = "gcp:compute/globalAddress:GlobalAddress";

/** A store stands in the range that was reserved for the peering; a rule about that range is about the store. */
function holdsPeering(
  graph: Graph,
  rule: Resource,
  store: Resource,
  known: readonly AddressRange[],
): boolean | undefined {
  const network = networkIn(graph, rule, rule.at("network"));
  const reserved = graph
    .ofType(ADDRESS)
    .filter(
      (each) =>
        each.at("purpose").isWord("VPC_PEERING") &&
        networkIn(graph, each, each.at("network")) === network,
    );
  if (reserved.length === 0) return undefined;
  const made = pointsTo(graph, rule, rule.at("destinationRanges"), [ADDRESS]).targets;
  if (made.some((each) => reserved.includes(each))) return true;
  const answers = reserved.map((each) => {
    const address = each.at("address").text ?? each.outputs.at("address").text;
    const length = each.at("prefixLength").number ?? each.outputs.at("prefixLength").number;
    const range = address === undefined ? undefined : parseRange(`${address}/${length ?? 24}`);
    if (range === undefined) return undefined;
    if (known.some((one) => contains(one, range))) return true;
    return known.some((one) => overlaps(one, range)) ? undefined : false;
  });
  return answers.every((answer) => answer === answers[0]) ? answers[0] : undefined;
}

function isEverything({ family, from, to }: AddressRange): boolean {
  return family === 4 && from === 0n && to === (1n << 32n) - 1n;
}

function targets(rule: Resource, from: Placement): boolean | undefined {
  const tags = rule.at("targetTags").each;
  const accounts = rule.at("targetServiceAccounts").each;
  if (tags.length === 0 && accounts.length === 0) return true;
  if (tags.some(({ text }) => text !== undefined && from.tags.includes(text))) return true;
  return from.tagsOpen || accounts.length > 0 || tags.some((tag) => tag.unknown)
    ? undefined
    : false;
}

function namesPort(rule: Resource, port: number): boolean | undefined {
  const list = refuses(rule) ? rule.at("denies") : rule.at("allows");
  if (list.unknown) return undefined;
  const answers = list.items.map((entry): boolean | undefined => {
    const protocol = entry.at("protocol");
    if (protocol.unknown) return undefined;
    if (!["tcp", "all"].includes(parseProtocol(protocol))) return false;
    const ports = entry.at("ports").each;
    if (ports.length === 0) return true;
    const ranges = ports.flatMap(
      (each) => parsePorts(each.text ?? String(each.number ?? "x")) ?? [],
    );
    if (ranges.some(({ from, to }) => from <= port && port <= to)) return true;
    return ports.some((each) => each.unknown) ? undefined : false;
  });
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function refuses(rule: Resource): boolean {
  return rule.at("denies").each.length > 0;
}

/** Lower numbers first; a refusal goes before a permission of the same number. */
function byPrecedence(a: Resource, b: Resource): number {
  const [one, other] = [a, b].map((rule) => rule.at("priority").number ?? DEFAULT_PRIORITY);
  return (one as number) - (other as number) || Number(refuses(b)) - Number(refuses(a));
}

/** Three-valued "and": one certain no decides. */
function both(one: boolean | undefined, other: boolean | undefined): boolean | undefined {
  if (one === false || other === false) return false;
  return one === undefined || other === undefined ? undefined : true;
}
