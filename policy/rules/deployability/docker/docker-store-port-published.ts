import { CONTAINER, SERVICE } from "../../../lib/deployability/docker/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { publishedPorts } from "../../../lib/net/docker";
import { storeIn } from "../../../lib/reachability/docker/images";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "docker-store-port-published",
  title: "No store is published on the addresses of the host",
  fails: {
    when: "runtime",
    effect: "insecure",
    answer:
      "the store is reachable from the internet, although the host's firewall denies the port: Docker's own rules come first.",
  },
  fix: 'Let clients reach the store on a shared network, or set ip "127.0.0.1" on the port for programs of the host.',
  source: "https://docs.docker.com/engine/network/packet-filtering-firewalls/",
  checkStack: ofEach([CONTAINER, SERVICE], (container, graph, { settings }) => {
    const own =
      container.type === SERVICE ? container.at("taskSpec.containerSpec") : container.props;
    const store = storeIn(graph, container, own);
    if (store === undefined) return [];
    const everything = container.at("publishAllPorts");
    const all =
      everything.boolean === true
        ? [violation(everything, `publishAllPorts publishes ${store.name} too`)]
        : [];
    const ports = publishedPorts(container, settings).flatMap(
      ({ at, external, internal, world }): Report[] => {
        if (world === false) return [];
        if (world === undefined) return [undecided(at.unknown ? at : at.at("ip"))];
        const port = external.number ?? internal.number ?? "a random one";
        return [violation(at, `${store.name} is published on every address, port ${port}`)];
      },
    );
    return [...all, ...ports];
  }),
});
