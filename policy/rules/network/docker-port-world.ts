import { containersOf } from "../../lib/containers/containers";
import { DOCKER_TYPES, publishedPorts } from "../../lib/net/docker";
import { DATABASE_PORTS } from "../../lib/net/ports";
import { storeOfImage } from "../../lib/net/stores";
import { forTypes, undecided, violation, type Report, type Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "docker-port-world",
  title: "The Docker host publishes the ports of the edge only",
  severity: "medium",
  category: "open-ingress",
  profile: "strict",
  why: "Docker opens published ports past the host's firewall, so a service meant for the edge answers the internet.",
  fix: {
    docker:
      'Let the edge reach the container on a shared network, or bind the port to ip "127.0.0.1".',
  },
  controls: { nist: ["SC-7", "CM-7"], cis: ["4.4", "12.2"] },
  check: forTypes(DOCKER_TYPES, (resource, { settings }) => {
    const store = storeOfImage(containersOf(resource).containers[0]?.image.text);
    if (store !== undefined) return [];
    return publishedPorts(resource, settings).flatMap(
      ({ at, internal, external, world, edge }): Report[] => {
        if (world === false || edge === true) return [];
        const port = external.number;
        // Stores have a rule of their own.
        if (
          [port, internal.number].some((number) => number !== undefined && number in DATABASE_PORTS)
        )
          return [];
        if (port !== undefined && settings.publicPorts.includes(port)) return [];
        const open = at.unknown
          ? at
          : external.unknown
            ? external
            : world === undefined
              ? at.at("ip")
              : edge === undefined
                ? internal
                : undefined;
        if (open !== undefined) return [undecided(open)];
        return [
          violation(
            at,
            `port ${port ?? "chosen by Docker"} is published on every address of the host`,
          ),
        ];
      },
    );
  }),
};
