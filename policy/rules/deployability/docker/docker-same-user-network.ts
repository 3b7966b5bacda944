import { finds, peersOf } from "../../../lib/deployability/docker/containers";
import { CONTAINER } from "../../../lib/deployability/docker/types";
import { ofEach } from "../../../lib/deployability/each";
import { cannotTell } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "docker-same-user-network",
  title: "Containers that call each other by name share a network that knows the name",
  fails: {
    when: "runtime",
    effect: "broken",
    answer: "getaddrinfo ENOTFOUND, or could not translate host name.",
  },
  fix: "Put both into one Network with networksAdvanced, and call the container by its name or give it the alias; without a name it gets a random end.",
  source: "https://docs.docker.com/engine/network/drivers/bridge/",
  checkStack: ofEach([CONTAINER], (client, graph) => {
    const peers = peersOf(graph, client).map((peer) => ({
      peer,
      found: finds(graph, client, peer),
    }));
    return peers.flatMap(({ peer, found }): Report[] => {
      if (found === true) return [];
      // One of several containers meant by a name is enough.
      const other = peers.some((one) => one.peer.at === peer.at && one.found === true);
      if (other) return [];
      return found === undefined
        ? [cannotTell(peer.at, "the networks of the containers are not known yet")]
        : [violation(peer.at, found)];
    });
  }),
});
