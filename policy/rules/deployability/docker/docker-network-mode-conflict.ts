import { CONTAINER, NETWORK } from "../../../lib/deployability/docker/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { target } from "../../../lib/deployability/target";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "docker-network-mode-conflict",
  title: "A network mode of its own goes with neither networks nor ports",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "conflicting options: cannot attach both user-defined and non-user-defined network-modes.",
  },
  fix: "Drop networkMode, or networksAdvanced and ports; a static ipv4Address needs a network with a subnet in ipamConfigs.",
  source: "https://docs.docker.com/engine/network/",
  check: {
    [CONTAINER]: (container): Report[] => {
      const mode = container.at("networkMode");
      const isApart = mode.isWord("host", "none") || /^container:/.test(mode.text ?? mode.prefix);
      const networks = container.at("networksAdvanced");
      const ports = container.at("ports");
      const both = [networks, ports].filter((value) => value.each.length > 0);
      if (mode.unknown && mode.prefix === "") return both.length === 0 ? [] : [undecided(mode)];
      if (!isApart) return [];
      const name = mode.text ?? `${mode.prefix}...`;
      return [
        ...(networks.each.length > 0
          ? [violation(networks, `networks are named beside networkMode ${name}`)]
          : []),
        ...(ports.each.length > 0
          ? [
              {
                ...violation(ports, `ports are published beside networkMode ${name}`),
                answer:
                  "the ports are not published, or: conflicting options: port publishing and the container type network mode.",
              },
            ]
          : []),
      ];
    },
  },
  checkStack: ofEach([CONTAINER], (container, graph) =>
    container.at("networksAdvanced").items.flatMap((one): Report[] => {
      const address = one.at("ipv4Address");
      if (address.absent || address.text === "") return [];
      const { resource: network } = target(graph, container, one.at("name"), NETWORK);
      const ipam = network?.at("ipamConfigs");
      if (network === undefined || ipam === undefined) return [];
      if (ipam.unknown) return [undecided(ipam)];
      return ipam.items.some((entry) => entry.at("subnet").present)
        ? []
        : [
            {
              ...violation(address, `${network.name} has no subnet of its own`),
              answer:
                "user specified IP address is supported only when connecting to networks with user configured subnets",
            },
          ];
    }),
  ),
});
