import type { Graph } from "../graph/graph";
import type { Resource } from "../resource";
import { Value } from "../value/value";
import type { Opening } from "./opening";
import { EVERY_PORT, parseProtocol, type PortRange } from "./ports";

/** Types that open ports in AWS. */
export const AWS_OPENING_TYPES = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:lightsail/instancePublicPorts:InstancePublicPorts",
] as const;

/** The ways in that a security group or one of its rules opens; undecidable lists come as openings too. */
export function awsOpenings(resource: Resource): Opening[] {
  switch (resource.type) {
    case "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
      const { props } = resource;
      return [opening(props, props.at("ipProtocol"), ["cidrIpv4", "cidrIpv6"], "prefixListId")];
    }
    case "aws:ec2/securityGroupRule:SecurityGroupRule":
      return resource.at("type").isWord("egress") ? [] : [classicOpening(resource.props)];
    case "aws:lightsail/instancePublicPorts:InstancePublicPorts":
      return resource.at("portInfos").each.map(lightsailOpening);
    default:
      return resource
        .at("ingress")
        .each.map((rule) => (rule.unknown ? unknownOpening(rule) : classicOpening(rule)));
  }
}

/** Lists of addresses that security groups name. */
export const PREFIX_LIST = "aws:ec2/managedPrefixList:ManagedPrefixList";

/** The ways in through lists of the plan itself, whose addresses are known where the list is. */
export function prefixOpenings(graph: Graph): { resource: Resource; openings: Opening[] }[] {
  if (graph.ofType(PREFIX_LIST).length === 0) return [];
  return graph.ofType(...AWS_OPENING_TYPES).map((resource) => ({
    resource,
    openings: awsOpenings(resource).map((opening) => {
      const lists = opening.listedElsewhere.flatMap(
        (list) => graph.links(resource, list, [PREFIX_LIST]).resources,
      );
      const sources = lists.flatMap((list) =>
        list.at("entries").items.map((entry) => entry.at("cidr")),
      );
      return { ...opening, sources, listedElsewhere: [] };
    }),
  }));
}

/** Without any address a port of Lightsail is open to every one. */
function lightsailOpening(rule: Value): Opening {
  if (rule.unknown) return unknownOpening(rule);
  const found = opening(rule, rule.at("protocol"), ["cidrs", "ipv6Cidrs"], "cidrListAliases");
  const named = [...found.sources, rule.at("cidrListAliases")].some(({ each }) => each.length > 0);
  return named ? found : { ...found, sources: [new Value("0.0.0.0/0", rule.path)] };
}

function classicOpening(rule: Value): Opening {
  return opening(rule, rule.at("protocol"), ["cidrBlocks", "ipv6CidrBlocks"], "prefixListIds");
}

function opening(at: Value, protocolValue: Value, sources: string[], prefixLists: string): Opening {
  const protocol = parseProtocol(protocolValue);
  const from = at.at("fromPort");
  const to = at.at("toPort");
  const unknownPorts = protocolValue.unknown
    ? [protocolValue]
    : protocol === "all"
      ? []
      : [from, to].filter((value) => value.unknown);
  return {
    at,
    protocol: protocolValue.unknown ? "tcp" : protocol,
    ports: unknownPorts.length > 0 ? [] : [portRange(protocol === "all", from, to)],
    unknownPorts,
    sources: sources.map((name) => at.at(name)),
    // What a prefix list holds is decided by whoever keeps it, not by this plan.
    listedElsewhere: at.at(prefixLists).each,
  };
}

function portRange(everything: boolean, from: Value, to: Value): PortRange {
  if (everything || (from.absent && to.absent)) return EVERY_PORT;
  const first = from.number ?? to.number ?? 0;
  const last = to.number ?? from.number ?? 65535;
  return first === -1 ? EVERY_PORT : { from: first, to: last };
}

function unknownOpening(at: Value): Opening {
  return { at, protocol: "tcp", ports: [], unknownPorts: [at], sources: [at], listedElsewhere: [] };
}
