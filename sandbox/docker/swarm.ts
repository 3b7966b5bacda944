import { rule as swarmOnly } from "../../policy/rules/deployability/docker/docker-swarm-only";
import type { TypeTable } from "../lib/table";

/** A plain host is no swarm manager, and the simulated one is a plain host. */
const noSwarm: TypeTable = {
  name: { property: "name" },
  rules: [swarmOnly],
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
