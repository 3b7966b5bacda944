import { hostOf } from "../../../lib/deployability/docker/containers";
import { NETWORK } from "../../../lib/deployability/docker/types";
import { about } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { rangeOf } from "../../../lib/deployability/subnet";
import { contains, overlaps, parseRange, type AddressRange } from "../../../lib/net/ranges";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

/** The range of Docker's default bridge. */
const DEFAULT_BRIDGE = parseRange("172.17.0.0/16") as AddressRange;

export const rule = deployability({
  id: "docker-subnet-overlap",
  title: "Subnets of a host's networks share no address, and hold their gateway",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer: "invalid pool request: Pool overlaps with other one on this address space.",
  },
  fix: "Give each network a subnet of its own that is none of the host's (172.17.0.0/16 is the default bridge), with gateway and ipRange inside.",
  source: "https://docs.docker.com/engine/network/",
  check: {
    [NETWORK]: (network) => network.at("ipamConfigs").items.flatMap(checkConfig),
  },
  checkStack: {
    types: [NETWORK],
    run: (graph) => {
      const taken: { network: Resource; range: AddressRange }[] = [];
      return graph.ofType(NETWORK).flatMap((network) =>
        network.at("ipamConfigs").items.flatMap((config) => {
          const subnet = config.at("subnet");
          const range = rangeOf(subnet);
          if (range === undefined) return [];
          const other = taken.find(
            (one) => hostOf(one.network) === hostOf(network) && overlaps(one.range, range),
          );
          taken.push({ network, range });
          if (other === undefined) return [];
          return about(network, [
            violation(subnet, `${subnet.text} overlaps a subnet of ${other.network.name}`),
          ]);
        }),
      );
    },
  },
});

function checkConfig(config: Value): Report[] {
  const subnet = config.at("subnet");
  if (subnet.unknown) return [undecided(subnet)];
  const range = rangeOf(subnet);
  if (range === undefined) return [];
  const inside = ["ipRange", "gateway"]
    .map((key) => config.at(key))
    .filter((value) => {
      const part = rangeOf(value);
      return part !== undefined && !contains(range, part);
    })
    .map((value) => ({
      ...violation(value, `${value.path} ${value.text} is not in ${subnet.text}`),
      answer: "invalid network config: no matching subnet for gateway or range.",
    }));
  return overlaps(range, DEFAULT_BRIDGE)
    ? [...inside, violation(subnet, `${subnet.text} overlaps 172.17.0.0/16, the default bridge`)]
    : inside;
}
