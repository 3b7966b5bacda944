import type { Graph } from "../graph/graph";
import type { Resource } from "../resource";
import type { Settings } from "../settings";
import type { Value } from "../value/value";
import type { Opening, Refusal } from "./opening";
import { parsePorts, parseProtocol, type PortRange } from "./ports";
import { judgeSources } from "./sources";

/** Network security groups, whose own rules are decided by themselves. */
export const NSG_TYPES = [
  "azure-native:network:NetworkSecurityGroup",
  "azure:network/networkSecurityGroup:NetworkSecurityGroup",
] as const;

/** Rules that are resources of their own; a rule of the same group may refuse what one of them opens. */
export const NSG_RULE_TYPES = [
  "azure-native:network:SecurityRule",
  "azure:network/networkSecurityRule:NetworkSecurityRule",
] as const;

/** The ways in that a group's own rules open. */
export function groupOpenings(resource: Resource, settings: Settings): Opening[] {
  const rules = resource.at("securityRules");
  if (rules.unknown) return [unknownOpening(rules)];
  return openingsOf(rules.each, settings);
}

/** The ways in that separate rules open, judged with all rules of their group. */
export function ruleOpenings(
  graph: Graph,
  settings: Settings,
): { resource: Resource; openings: Opening[] }[] {
  const groups = new Map<string, { resource: Resource; rule: Value }[]>();
  for (const resource of graph.ofType(...NSG_RULE_TYPES)) {
    const group = graph.links(resource, resource.at("networkSecurityGroupName"), NSG_TYPES)
      .resources[0];
    const key = group?.urn ?? resource.at("networkSecurityGroupName").text ?? resource.urn;
    const inline = group?.at("securityRules").items ?? [];
    const known = groups.get(key) ?? inline.map((rule) => ({ resource: group as Resource, rule }));
    known.push({ resource, rule: resource.props });
    groups.set(key, known);
  }
  return [...groups.values()].flatMap((members) => {
    const openings = openingsOf(
      members.map((member) => member.rule),
      settings,
    );
    const byRule = new Map(openings.map((opening) => [opening.at, opening]));
    return members
      .filter(({ resource }) => (NSG_RULE_TYPES as readonly string[]).includes(resource.type))
      .map(({ resource, rule }) => {
        const opening = byRule.get(rule);
        return { resource, openings: opening === undefined ? [] : [opening] };
      });
  });
}

function openingsOf(rules: readonly Value[], settings: Settings): Opening[] {
  const inbound = rules.filter((rule) => !rule.at("direction").isWord("Outbound"));
  const refusals = inbound.filter((rule) => rule.at("access").isWord("Deny"));
  return inbound.flatMap((rule) => {
    if (rule.unknown) return [unknownOpening(rule)];
    if (rule.at("access").isWord("Deny")) return [];
    const priority = rule.at("priority").number ?? Infinity;
    const before = refusals.filter(
      (refusal) => (refusal.at("priority").number ?? Infinity) < priority,
    );
    return [
      {
        ...toOpening(rule),
        refusedBefore: before.flatMap((refusal) => toRefusal(refusal, settings)),
      },
    ];
  });
}

function toOpening(rule: Value): Opening {
  const ports = portValues(rule);
  const protocol = rule.at("protocol");
  const switches = [rule.at("access"), rule.at("direction"), protocol];
  const unknownPorts = [...switches, ...ports].filter((value) => value.unknown);
  return {
    at: rule,
    protocol: protocol.unknown ? "tcp" : parseProtocol(protocol),
    ports: switches.some((value) => value.unknown) ? [] : knownPorts(ports),
    unknownPorts,
    sources: sourcesOf(rule),
    listedElsewhere: [],
  };
}

/** A refusal counts where it is certain: to everybody, for every destination. */
function toRefusal(rule: Value, settings: Settings): Refusal[] {
  const destination = rule.at("destinationAddressPrefix");
  const everywhere = destination.absent || destination.isWord("*", "0.0.0.0/0", "Any");
  if (!everywhere || !judgeSources(sourcesOf(rule), settings).world) return [];
  return [{ protocol: parseProtocol(rule.at("protocol")), ports: knownPorts(portValues(rule)) }];
}

function sourcesOf(rule: Value): Value[] {
  return [rule.at("sourceAddressPrefix"), rule.at("sourceAddressPrefixes")];
}

function portValues(rule: Value): Value[] {
  return [...rule.at("destinationPortRange").each, ...rule.at("destinationPortRanges").each];
}

function knownPorts(values: readonly Value[]): PortRange[] {
  return values.flatMap((value) => parsePorts(value.text ?? String(value.number ?? "none")) ?? []);
}

function unknownOpening(at: Value): Opening {
  return { at, protocol: "tcp", ports: [], unknownPorts: [at], sources: [at], listedElsewhere: [] };
}
