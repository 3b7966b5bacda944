import { ofEach } from "../../../lib/deployability/each";
import { linked } from "../../../lib/deployability/gcp/named";
import { ADDRESS, NETWORK, PEERING, SUBNET } from "../../../lib/deployability/gcp/types";
import { valuesAt } from "../../../lib/deployability/links";
import { outputsOf } from "../../../lib/deployability/references";
import { deployability } from "../../../lib/deployability/rule";
import { rangeOf } from "../../../lib/deployability/subnet";
import type { Graph } from "../../../lib/graph/graph";
import { overlaps, parseRange } from "../../../lib/net/ranges";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

export const rule = deployability({
  id: "gcp-psa-range",
  title:
    "A range for Google's services is reserved as such, named by name, and used by one peering",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "400 on the address, or: Couldn't find free blocks in allocated IP ranges, or: Cannot modify allocated ranges in CreateConnection. Please use UpdateConnection.",
  },
  fix: "Reserve a GlobalAddress with purpose VPC_PEERING, addressType INTERNAL, prefixLength 16 to 24 and network; pass its name in reservedPeeringRanges of the one Connection of the network.",
  source: "https://cloud.google.com/vpc/docs/configure-private-services-access",
  check: {
    [ADDRESS]: (address) => {
      const purpose = address.at("purpose");
      return purpose.isWord("VPC_PEERING") ? checkAddress(address) : [];
    },
    [PEERING]: (peering) =>
      peering.at("reservedPeeringRanges").each.flatMap((range): Report[] => {
        const wrong = outputsOf(range).find((output) => /^(id|selfLink|address)$/.test(output));
        if (wrong !== undefined)
          return [
            violation(range, `reservedPeeringRanges takes the address's name, not its ${wrong}`),
          ];
        return range.text?.includes("/") === true
          ? [violation(range, `reservedPeeringRanges takes names, not "${range.text}"`)]
          : [];
      }),
  },
  checkStack: {
    types: [PEERING],
    run: (graph, context) => [
      ...ofEach([PEERING], (peering) => [
        ...checkRanges(graph, peering),
        ...checkAlone(graph, peering),
      ]).run(graph, context),
    ],
  },
});

function checkAddress(address: Resource): Report[] {
  const [kind, length, network] = ["addressType", "prefixLength", "network"].map((key) =>
    address.at(key),
  ) as [Value, Value, Value];
  const [unknown] = [kind, length].filter((value) => value.unknown);
  if (unknown !== undefined) return [undecided(unknown)];
  const reports: Report[] = [];
  if (!kind.isWord("INTERNAL"))
    reports.push(violation(kind, `addressType is ${kind.text ?? "not set"}, not INTERNAL`));
  if (length.number === undefined || length.number > 24)
    reports.push(
      violation(length, `prefixLength is ${length.number ?? "not set"}, not 24 or less`),
    );
  if (network.absent) reports.push(violation(network, "the range belongs to no network"));
  const start = address.at("address").text;
  const range = start === undefined ? undefined : parseRange(`${start}/${length.number ?? ""}`);
  if (start !== undefined && range === undefined)
    reports.push(violation(address.at("address"), `${start} is no address of a range`));
  return reports;
}

function checkRanges(graph: Graph, peering: Resource): Report[] {
  return valuesAt(peering.props, "reservedPeeringRanges[]").flatMap((at) => {
    const { resource: address } = linked(graph, peering, at, ADDRESS);
    if (address === undefined) return [];
    const purpose = address.at("purpose");
    if (purpose.unknown) return [undecided(purpose)];
    if (!purpose.isWord("VPC_PEERING"))
      return [
        violation(at, `${address.name} has purpose ${purpose.text ?? "none"}, not VPC_PEERING`),
      ];
    return checkFree(graph, address, at);
  });
}

function checkFree(graph: Graph, address: Resource, at: Value): Report[] {
  const start = address.at("address").text ?? address.outputs.at("address").text;
  const range = start && parseRange(`${start}/${address.at("prefixLength").number ?? ""}`);
  const network = linked(graph, address, address.at("network"), NETWORK).resource;
  if (!range || network === undefined) return [];
  const taken = graph.ofType(SUBNET).find((subnet) => {
    const theirs = rangeOf(subnet.at("ipCidrRange"));
    const same = linked(graph, subnet, subnet.at("network"), NETWORK).resource === network;
    return same && theirs !== undefined && overlaps(range, theirs);
  });
  return taken === undefined
    ? []
    : [violation(at, `${address.name} overlaps subnet ${taken.name}`)];
}

function checkAlone(graph: Graph, peering: Resource): Report[] {
  const key = (one: Resource): string | undefined => {
    const network = linked(graph, one, one.at("network"), NETWORK).resource;
    const name = network?.urn ?? one.at("network").text;
    return name && `${name} ${one.at("service").text ?? "servicenetworking.googleapis.com"}`;
  };
  const own = key(peering);
  const [first] = graph.ofType(PEERING).filter((one) => own !== undefined && key(one) === own);
  if (first === undefined || first === peering) return [];
  return [
    {
      ...violation(peering.at("network"), `${first.name} peers the same network already`),
      answer: "Cannot modify allocated ranges in CreateConnection. Please use UpdateConnection.",
    },
  ];
}
