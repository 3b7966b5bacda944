import { CONFIG, NETWORK, SECRET, SERVICE } from "../../../lib/deployability/docker/types";
import { deployability } from "../../../lib/deployability/rule";
import { forTypes, undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "docker-swarm-only",
  title: "Secrets, configs, services and overlay networks are for hosts that are swarm managers",
  fails: {
    when: "create",
    effect: "error",
    answer:
      'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
  },
  fix: "Use Container and bridge networks, and pass secrets by uploads or files; say swarm true under settings where the hosts are managers.",
  source: "https://docs.docker.com/engine/swarm/secrets/",
  check: {
    ...forTypes([SECRET, CONFIG, SERVICE], (resource, { settings }) =>
      settings.swarm ? [] : [violation(resource.props, "a plain Docker host has no such thing")],
    ),
    [NETWORK]: (network, { settings }): Report[] => {
      const driver = network.at("driver");
      if (settings.swarm) return [];
      if (driver.unknown) return [undecided(driver)];
      return driver.isWord("overlay")
        ? [violation(driver, "a plain Docker host has no overlay networks")]
        : [];
    },
  },
});
