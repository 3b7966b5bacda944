import { Graph } from "../../policy/lib/graph/graph";
import { reachabilityOf } from "../../policy/lib/reachability/reachability";
import { toResource } from "../../policy/lib/resource";
import type { Plan } from "../input/plan";

/** Everybody who can connect to something, as lines such as `the internet → db:5432`. */
export function connectionsOf({ resources, markers }: Plan): Set<string> {
  const graph = new Graph(resources.map((resource) => toResource(resource, markers)));
  const network = reachabilityOf(graph);
  const lines = new Set<string>();
  for (const node of network.nodes) {
    for (const { port, verdict } of network.entrances(node)) {
      lines.add(`the internet → ${node.name}:${port ?? "every port"}${doubt(verdict)}`);
    }
    if (node.kind !== "store") continue;
    for (const extra of network.extras(node)) {
      lines.add(`${extra.who} → ${node.name}${doubt(extra.verdict)}`);
    }
  }
  for (const use of network.uses) {
    const { verdict } = network.reach(use);
    if (verdict !== "no") {
      lines.add(`${use.client.name} → ${use.target.name}:${use.ports.join(",")}${doubt(verdict)}`);
    }
  }
  return lines;
}

const doubt = (verdict: string): string => (verdict === "unknown" ? " (cannot be told yet)" : "");
