import type { Graph } from "../../graph/graph";
import { parsePorts, parseProtocol } from "../../net/ports";
import { contains, overlaps, parseRange, type AddressRange } from "../../net/ranges";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { no, unknown, YES, type Answer } from "../answer";
import { pointsTo } from "../pointer";

const GROUP = "azure-native:network:NetworkSecurityGroup";
const RULE = "azure-native:network:SecurityRule";

/** An end of a connection, as rules see it. */
export interface End {
  readonly name: string;
  /** Undefined where they are unknown. */
  readonly ranges: readonly AddressRange[] | undefined;
  /** True for an address of the virtual network or of one joined to it. */
  readonly inside: boolean;
  /** True for somebody anywhere in the ranges: a prefix that holds a part of them leaves room beside it. */
  readonly anywhere?: boolean;
}

/** Network security groups of a plan. */
export class NetworkSecurityGroups {
  private readonly graph: Graph;
  private readonly separate = new Map<Resource, Value[]>();

  constructor(graph: Graph) {
    this.graph = graph;
    for (const rule of graph.ofType(RULE)) {
      const groups = pointsTo(graph, rule, rule.at("networkSecurityGroupName"), [GROUP]).targets;
      for (const group of groups)
        this.separate.set(group, [...(this.separate.get(group) ?? []), rule.props]);
    }
  }

  /** The group that guards a subnet: "none" where it certainly has none. */
  groupOf(subnet: Resource): Resource | "none" | "unknown" {
    const value = subnet.at("networkSecurityGroup");
    if (value.absent) return "none";
    return pointsTo(this.graph, subnet, value, [GROUP]).targets[0] ?? "unknown";
  }

  /** Rules by priority, the first that fits decides; then the rules every group has. */
  allowed(
    subnet: Resource,
    direction: "Inbound" | "Outbound",
    source: End,
    destination: End,
    port: number,
  ): Answer {
    const group = this.groupOf(subnet);
    if (group === "none") return YES;
    if (group === "unknown")
      return unknown(`the security group of ${subnet.name} is not in the plan`);
    const inline = group.at("securityRules");
    if (inline.unknown) return unknown(`the rules of ${group.name} are unknown`);
    let doubt: string | undefined;
    for (const rule of byPriority([...inline.items, ...(this.separate.get(group) ?? [])])) {
      if (!rule.at("direction").isWord(direction)) continue;
      const fits = allTrue([
        namesPort(rule, port),
        holds(rule, "sourceAddressPrefix", source),
        holds(rule, "destinationAddressPrefix", destination),
      ]);
      if (fits === false) continue;
      if (fits === undefined) {
        doubt ??= `whether a rule of ${group.name} is about it is unknown`;
        continue;
      }
      if (doubt !== undefined) return unknown(doubt);
      if (!rule.at("access").isWord("Deny")) return YES;
      return no(`${group.name} refuses TCP ${port} from ${source.name} to ${destination.name}`);
    }
    if (doubt !== undefined) return unknown(doubt);
    if (source.inside && destination.inside) return YES;
    return direction === "Outbound"
      ? YES
      : no(`${group.name} lets TCP ${port} in from nowhere else`);
  }
}

function byPriority(rules: readonly Value[]): Value[] {
  const priority = (rule: Value): number => rule.at("priority").number ?? Infinity;
  return [...rules].sort((a, b) => priority(a) - priority(b));
}

function namesPort(rule: Value, port: number): boolean | undefined {
  const protocol = rule.at("protocol");
  if (protocol.unknown) return undefined;
  if (!["tcp", "all"].includes(parseProtocol(protocol))) return false;
  const values = [
    ...rule.at("destinationPortRange").each,
    ...rule.at("destinationPortRanges").each,
  ];
  const ranges = values.flatMap(
    (each) => parsePorts(each.text ?? String(each.number ?? "x")) ?? [],
  );
  if (ranges.some(({ from, to }) => from <= port && port <= to)) return true;
  return values.some((each) => each.unknown) ? undefined : false;
}

/** True if the prefixes hold the whole end, undefined if a part of it or if it is not known. */
function holds(rule: Value, property: string, end: End): boolean | undefined {
  const values = [...rule.at(property).each, ...rule.at(`${property}es`).each];
  const groups = rule.at(property.replace("AddressPrefix", "ApplicationSecurityGroups"));
  if (groups.each.length > 0) return undefined;
  const answers = values.map((value): boolean | undefined => {
    if (value.text === undefined) return value.unknown ? undefined : false;
    return prefixHolds(value.text, end);
  });
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function prefixHolds(prefix: string, { ranges, inside, anywhere }: End): boolean | undefined {
  const word = prefix.toLowerCase();
  if (word === "*" || word === "any" || word === "0.0.0.0/0") return true;
  if (word === "virtualnetwork") return inside;
  const range = parseRange(prefix);
  // Other words are services of Azure, the internet or balancers: never an address of the network itself.
  if (range === undefined) return word === "internet" ? !inside : inside ? false : undefined;
  if (ranges === undefined) return undefined;
  if (ranges.length > 0 && ranges.every((each) => contains(range, each))) return true;
  if (anywhere === true) return false;
  return ranges.some((each) => overlaps(range, each)) ? undefined : false;
}

function allTrue(parts: readonly (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}
