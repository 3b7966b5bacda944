import { hostOf } from "../../../lib/deployability/docker/containers";
import { CONTAINER } from "../../../lib/deployability/docker/types";
import { about, type StackReport } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { forTypes, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

export const rule = deployability({
  id: "docker-host-port-unique",
  title: "A port of the host is published once, and an edge has a fixed one",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "driver failed programming external connectivity on endpoint: Bind for 0.0.0.0 failed: port is already allocated.",
  },
  fix: "Give every container of a host its own external port, or addresses of their own with ip; set external on the ports of the edge.",
  source: "https://docs.docker.com/engine/network/port-publishing/",
  check: forTypes([CONTAINER], (container) =>
    container.at("ports").items.flatMap((port): Report[] => {
      const internal = port.at("internal").number;
      const isEdge = /(^|\/)(caddy|nginx|nginx-proxy|traefik|haproxy)(:|@|$)/.test(
        container.at("image").text ?? "",
      );
      return isEdge && (internal === 80 || internal === 443) && port.at("external").absent
        ? [
            {
              ...violation(port, `port ${internal} of the edge is published on a random port`),
              answer: "the edge comes up, and nobody knows its port.",
            },
          ]
        : [];
    }),
  ),
  checkStack: {
    types: [CONTAINER],
    run: (graph) => {
      const taken: Port[] = [];
      return graph.ofType(CONTAINER).flatMap((container): StackReport[] =>
        portsOf(container).flatMap((port) => {
          const other = taken.find((one) => clashes(one, port));
          taken.push(port);
          if (other === undefined) return [];
          const message = `port ${port.number}/${port.protocol} of the host is published by ${other.container.name} too`;
          return about(container, [
            {
              ...violation(port.at, message),
              answer: `driver failed programming external connectivity on endpoint ${container.name}: Bind for ${port.address}:${port.number} failed: port is already allocated`,
            },
          ]);
        }),
      );
    },
  },
});

interface Port {
  readonly container: Resource;
  readonly at: Value;
  readonly address: string;
  readonly number: number;
  readonly protocol: string;
}

function portsOf(container: Resource): Port[] {
  if (container.at("start").boolean === false) return [];
  return container.at("ports").items.flatMap((at) => {
    const number = at.at("external").number;
    const ip = at.at("ip");
    if (number === undefined || number === 0 || ip.unknown || at.at("protocol").unknown) return [];
    const address =
      ip.text === undefined || ip.text === "" || ip.text === "::" ? "0.0.0.0" : ip.text;
    const protocol = (at.at("protocol").text ?? "tcp").toLowerCase();
    return [{ container, at, address, number, protocol }];
  });
}

function clashes(one: Port, other: Port): boolean {
  if (one.container === other.container && one.at.path === other.at.path) return false;
  if (hostOf(one.container) !== hostOf(other.container)) return false;
  const sameAddress =
    one.address === other.address || [one.address, other.address].includes("0.0.0.0");
  return sameAddress && one.number === other.number && one.protocol === other.protocol;
}
