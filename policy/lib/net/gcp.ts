import type { Graph } from "../graph/graph";
import type { Resource } from "../resource";
import type { Settings } from "../settings";
import { Value } from "../value/value";
import type { Opening, Refusal } from "./opening";
import { EVERY_PORT, parsePorts, parseProtocol, type PortRange } from "./ports";
import { judgeSources } from "./sources";

const FIREWALL = "gcp:compute/firewall:Firewall";

/** Rules of firewall policies. */
const POLICY_RULES = [
  "gcp:compute/firewallPolicyRule:FirewallPolicyRule",
  "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule",
  "gcp:compute/regionNetworkFirewallPolicyRule:RegionNetworkFirewallPolicyRule",
] as const;

/** Firewall policies that hold their rules. */
const POLICIES = [
  "gcp:compute/firewallPolicyWithRules:FirewallPolicyWithRules",
  "gcp:compute/networkFirewallPolicyWithRules:NetworkFirewallPolicyWithRules",
  "gcp:compute/regionNetworkFirewallPolicyWithRules:RegionNetworkFirewallPolicyWithRules",
] as const;

/** Types that open ports in Google Cloud; a rule of the same network may refuse what one of them opens. */
export const GCP_OPENING_TYPES = [FIREWALL, ...POLICY_RULES, ...POLICIES] as const;

/** One firewall rule, whichever of the two forms it is written in. */
interface FirewallRule {
  readonly resource: Resource;
  /** The network or policy it belongs to. */
  readonly home: string;
  readonly priority: number;
  readonly refuses: boolean;
  readonly openings: Opening[];
  /** Machines it is for; empty for all of the network. */
  readonly targets: readonly string[];
}

/** The ways in of every firewall rule, each judged with the rules of its network. */
export function gcpOpenings(
  graph: Graph,
  settings: Settings,
): { resource: Resource; openings: Opening[] }[] {
  const rules = graph.ofType(...GCP_OPENING_TYPES).flatMap((resource) => readRule(graph, resource));
  const refusals = rules.filter((rule) => rule.refuses);
  return rules
    .filter((rule) => !rule.refuses)
    .map((rule) => {
      const before = refusals.filter((other) => goesBefore(other, rule));
      const refusedBefore = before.flatMap((other) => toRefusals(other, settings));
      return {
        resource: rule.resource,
        openings: rule.openings.map((opening) => ({ ...opening, refusedBefore })),
      };
    });
}

/** A refusal wins over an opening of the same priority, for the machines both are about. */
function goesBefore(refusal: FirewallRule, rule: FirewallRule): boolean {
  const covers =
    refusal.targets.length === 0 ||
    (rule.targets.length > 0 && rule.targets.every((target) => refusal.targets.includes(target)));
  return refusal.home === rule.home && refusal.priority <= rule.priority && covers;
}

function toRefusals(rule: FirewallRule, settings: Settings): Refusal[] {
  return rule.openings
    .filter((opening) => judgeSources(opening.sources, settings).world)
    .map(({ protocol, ports }) => ({ protocol, ports }));
}

function readRule(graph: Graph, resource: Resource): FirewallRule[] {
  if ((POLICIES as readonly string[]).includes(resource.type)) {
    return resource
      .at("rules")
      .items.filter(isInForce)
      .map((rule) => readPolicyRule(resource, rule, resource.urn));
  }
  if (!isInForce(resource.props)) return [];
  if (resource.type === FIREWALL) return [readFirewall(graph, resource)];
  return [readPolicyRule(resource, resource.props, homeOf(graph, resource, "firewallPolicy"))];
}

function isInForce(rule: Value): boolean {
  return !rule.at("direction").isWord("EGRESS") && rule.at("disabled").boolean !== true;
}

function readFirewall(graph: Graph, resource: Resource): FirewallRule {
  const denies = resource.at("denies");
  const refuses = denies.each.length > 0;
  const list = refuses ? denies : resource.at("allows");
  const sources = [resource.at("sourceRanges")];
  const named = ["sourceTags", "sourceServiceAccounts"].some(
    (name) => resource.at(name).each.length > 0,
  );
  // Without any source the rule is for every address.
  if (resource.at("sourceRanges").each.length === 0 && !named)
    sources.push(new Value("0.0.0.0/0", ""));
  return {
    resource,
    home: homeOf(graph, resource, "network"),
    priority: resource.at("priority").number ?? 1000,
    refuses,
    openings: list.each.map((entry) =>
      toOpening(entry, entry.at("protocol"), entry.at("ports"), sources),
    ),
    targets: [...resource.at("targetTags").each, ...resource.at("targetServiceAccounts").each].map(
      (target) => target.text ?? "",
    ),
  };
}

function readPolicyRule(resource: Resource, rule: Value, home: string): FirewallRule {
  const match = rule.at("match");
  const sources = [match.at("srcIpRanges")];
  const layers = match.at("layer4Configs");
  return {
    resource,
    home,
    priority: rule.at("priority").number ?? 0,
    refuses: !rule.at("action").isWord("allow") && !rule.at("action").unknown,
    openings: layers.each.map((entry) =>
      toOpening(entry, entry.at("ipProtocol"), entry.at("ports"), sources),
    ),
    targets: rule.at("targetServiceAccounts").each.map((target) => target.text ?? ""),
  };
}

function homeOf(graph: Graph, resource: Resource, property: string): string {
  const value = resource.at(property);
  return graph.links(resource, value).resources[0]?.urn ?? value.text ?? resource.urn;
}

function toOpening(at: Value, protocol: Value, ports: Value, sources: readonly Value[]): Opening {
  const unknownPorts = [protocol, ...ports.each].filter((value) => value.unknown);
  const known: PortRange[] =
    ports.each.length === 0
      ? [EVERY_PORT]
      : ports.each.flatMap((port) => parsePorts(port.text ?? String(port.number ?? "none")) ?? []);
  return {
    at,
    protocol: protocol.unknown ? "tcp" : parseProtocol(protocol),
    ports: protocol.unknown ? [] : known,
    unknownPorts,
    sources,
    listedElsewhere: [],
  };
}
