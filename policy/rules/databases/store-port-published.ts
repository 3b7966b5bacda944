import { containersOf } from "../../lib/containers/containers";
import { DOCKER_TYPES, publishedPorts } from "../../lib/net/docker";
import { DATABASE_PORTS, isDatabasePort, parseProtocol } from "../../lib/net/ports";
import { storeOfImage } from "../../lib/net/stores";
import { forTypes, undecided, violation, type Report, type Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "store-port-published",
  title: "No store's port is published by the Docker host",
  severity: "critical",
  category: "public-database",
  profile: "baseline",
  why: "Docker opens published ports past the host's firewall, so a store meant for its neighbours answers the internet.",
  fix: {
    docker:
      'Remove the port and put both containers on one internal network, or bind it to ip "127.0.0.1".',
  },
  controls: { nist: ["SC-7", "AC-4"], cis: ["4.4", "12.2"] },
  check: forTypes(DOCKER_TYPES, (resource, { settings }) => {
    const [container] = containersOf(resource).containers;
    const store = storeOfImage(container?.image.text);
    const reports = publishedPorts(resource, settings).flatMap(
      ({ at, internal, external, world }): Report[] => {
        if (world === false) return [];
        const protocol = at.at("protocol").absent ? "tcp" : parseProtocol(at.at("protocol"));
        const port = [internal.number, external.number].find(
          (number) =>
            number !== undefined &&
            (settings.databasePorts.includes(number) || isDatabasePort(number, protocol)),
        );
        if (port === undefined && store === undefined) {
          return internal.unknown
            ? [undecided(internal)]
            : world === undefined && at.unknown
              ? [undecided(at)]
              : [];
        }
        if (world === undefined) return [undecided(at.unknown ? at : at.at("ip"))];
        const name = store?.name ?? DATABASE_PORTS[port ?? 0] ?? "a store";
        return [violation(at, `the port of ${name} is published on every address of the host`)];
      },
    );
    if (store === undefined) return reports;
    const everyPort = resource.at("publishAllPorts");
    if (everyPort.boolean === true) {
      reports.push(violation(everyPort, `every port of ${store.name} is published on the host`));
    }
    const network = resource.at("networkMode");
    if (network.isWord("host")) {
      reports.push(violation(network, `${store.name} listens on the host's own addresses`));
    }
    return reports;
  }),
};
