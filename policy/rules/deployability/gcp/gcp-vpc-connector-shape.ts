import { CONNECTOR, SUBNET } from "../../../lib/deployability/gcp/types";
import { ofEach } from "../../../lib/deployability/each";
import { linked } from "../../../lib/deployability/gcp/named";
import { deployability } from "../../../lib/deployability/rule";
import { prefixLength, rangeOf } from "../../../lib/deployability/subnet";
import { physicalName } from "../../../lib/deployability/values";
import { overlaps } from "../../../lib/net/ranges";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

const NAME = /^[a-z]([-a-z0-9]{0,23}[a-z0-9])?$/;
/** The provider puts a hyphen and seven digits behind a logical name. */
const SUFFIX = "-0000000";

export const rule = deployability({
  id: "gcp-vpc-connector-shape",
  title: "A VPC connector has a /28 of its own, a short name and one kind of size",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "400: Invalid IPv4 CIDR range: must be /28, or the connector must specify either instances or throughput.",
  },
  fix: "Set ipCidrRange to a free /28 with network, or subnet.name; minInstances 2-9 and maxInstances 3-10, or the two throughputs; a name of at most 25 characters.",
  source: "https://cloud.google.com/vpc/docs/configure-serverless-vpc-access",
  check: {
    [CONNECTOR]: (connector) => [
      ...checkName(connector),
      ...checkPlace(connector),
      ...checkSize(connector, "Instances", [2, 9], [3, 10]),
      ...checkSize(connector, "Throughput", [200, 900], [300, 1000]),
    ],
  },
  checkStack: ofEach([CONNECTOR], (connector, graph): Report[] => {
    const at = connector.at("ipCidrRange");
    const own = rangeOf(at);
    const taken = graph.ofType(SUBNET).find((subnet) => {
      const range = rangeOf(subnet.at("ipCidrRange"));
      return own !== undefined && range !== undefined && overlaps(own, range);
    });
    if (taken !== undefined) return [violation(at, `${at.text} overlaps subnet ${taken.name}`)];
    const name = connector.at("subnet.name");
    const { resource: subnet } = linked(graph, connector, name, SUBNET);
    const length = subnet && prefixLength(subnet.at("ipCidrRange"));
    return length === undefined || length === 28
      ? []
      : [violation(name, `subnet ${subnet?.name ?? ""} is a /${length}, not a /28`)];
  }),
});

function checkName(connector: Resource): Report[] {
  const name = physicalName(connector);
  if (name === undefined || name.text === "") return [];
  const full = name.kind === "given" ? name.text : name.text + SUFFIX;
  return NAME.test(full)
    ? []
    : [
        {
          ...violation(name.at, `"${full}" is no connector's name`),
          answer:
            "400: Connector name must be 25 characters or less, of lower-case letters, digits and hyphens.",
        },
      ];
}

function checkPlace(connector: Resource): Report[] {
  const range = connector.at("ipCidrRange");
  const subnet = connector.at("subnet");
  if (range.present === subnet.present)
    return [
      violation(
        range,
        range.present
          ? "it has ipCidrRange and subnet too"
          : "it has neither ipCidrRange nor subnet",
      ),
    ];
  if (range.unknown) return [undecided(range)];
  if (range.absent) return [];
  if (connector.at("network").absent)
    return [violation(range, "ipCidrRange is set, but no network")];
  return prefixLength(range) === 28 ? [] : [violation(range, `${range.text ?? ""} is no /28`)];
}

function checkSize(
  connector: Resource,
  what: "Instances" | "Throughput",
  [least, lower]: readonly [number, number],
  [upper, most]: readonly [number, number],
): Report[] {
  const min = connector.at(`min${what}`);
  const max = connector.at(`max${what}`);
  if (what === "Instances" && min.absent && max.absent)
    return connector.at("minThroughput").absent && connector.at("maxThroughput").absent
      ? [violation(min, "it says neither how many instances nor how much throughput")]
      : [];
  if (min.unknown || max.unknown) return [undecided(min.unknown ? min : max)];
  const [from, to] = [min.number, max.number];
  if (from !== undefined && (from < least || from > lower))
    return [violation(min, `min${what} ${from} is not ${least} to ${lower}`)];
  if (to !== undefined && (to < upper || to > most))
    return [violation(max, `max${what} ${to} is not ${upper} to ${most}`)];
  return from !== undefined && to !== undefined && from >= to
    ? [violation(min, `min${what} ${from} is not below max${what} ${to}`)]
    : [];
}
