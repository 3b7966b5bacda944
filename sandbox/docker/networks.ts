import { CloudError } from "../lib/table";
import type { TypeTable } from "../lib/table";
import type { Draft } from "../lib/table";
import type { Plain } from "../lib/values";
import ipaddr from "ipaddr.js";

const NETWORK = "docker:index/network:Network";

/** First and last address of a range, as numbers. */
function span(cidr: string): [number, number] {
  const [address, bits] = ipaddr.IPv4.parseCIDR(cidr);
  const first = address.octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return [first, first + 2 ** (32 - bits) - 1];
}

const subnetsOf = (object: Plain): string[] =>
  (object.ipamConfigs ?? []).flatMap(({ subnet }: Plain) => (subnet ? [subnet] : []));

/** The engine gives no address twice. */
function refuseOverlap({ inputs, cloud, id, place }: Draft): undefined {
  for (const subnet of subnetsOf(inputs)) {
    const [from, to] = span(subnet);
    for (const other of cloud.all(NETWORK)) {
      if (other.id === id || other.place !== place.host) continue;
      const clash = subnetsOf(other.outputs).some((taken) => {
        const [first, last] = span(taken);
        return from <= last && first <= to;
      });
      if (clash) {
        throw new CloudError(
          `Unable to create network: Error response from daemon: Pool overlaps with other one on this address space: ${subnet}`,
        );
      }
    }
  }
  return undefined;
}

export const networks: Record<string, TypeTable> = {
  [NETWORK]: {
    name: { property: "name" },
    id: "{hex:64}",
    defaults: { ipamDriver: "default" },
    outputs: { driver: "bridge", internal: false, options: () => ({}), scope: "local" },
    // Everything about a network is fixed when it is made.
    replaceOn: [
      "name",
      "attachable",
      "driver",
      "ingress",
      "internal",
      "ipamConfigs[*].*",
      "ipamDriver",
      "ipamOptions.*",
      "ipv6",
      "labels[*].*",
      "options.*",
    ],
    sets: ["labels", "ipamConfigs"],
    create: refuseOverlap,
    exists: "Error response from daemon: network with name {name} already exists",
    inUse:
      "Unable to remove network: error while removing network: network {name} has active endpoints",
  },
  "docker:index/volume:Volume": {
    name: { property: "name" },
    id: "{name}",
    outputs: {
      driver: "local",
      mountpoint: "/var/lib/docker/volumes/{name}/_data",
    },
    replaceOn: ["name", "driver", "driverOpts.*", "labels[*].*", "cluster"],
    sets: ["labels"],
    inUse: "Error response from daemon: remove {name}: volume is in use",
  },
};
