import { CloudError } from "../lib/table";
import type { TypeTable } from "../lib/table";

/** A plain host is no swarm manager, and the simulated one is a plain host. */
const noSwarm: TypeTable = {
  name: { property: "name" },
  create: () => {
    throw new CloudError(
      'Error response from daemon: This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
    );
  },
};

export const swarm: Record<string, TypeTable> = {
  "docker:index/secret:Secret": { ...noSwarm, secrets: ["data"] },
  "docker:index/serviceConfig:ServiceConfig": noSwarm,
  "docker:index/service:Service": noSwarm,
  "docker:index/plugin:Plugin": {
    id: "{hex:64}",
    outputs: { enabled: true, pluginReference: "{in.name}" },
    replaceOn: ["name"],
  },
  "docker:index/buildxBuilder:BuildxBuilder": { name: { property: "name" }, id: "{name}" },
};
