import type { Graph } from "../../lib/graph/graph";
import type { Entrance } from "../../lib/reachability/model";
import { NODE_TYPES, reachabilityOf } from "../../lib/reachability/reachability";
import { cannotTell, violation, type Context, type Report, type Rule } from "../../lib/rule";
import type { Resource } from "../../lib/resource";

function run(graph: Graph, { settings }: Context): (Report & { resource: Resource })[] {
  const reachability = reachabilityOf(graph);
  const meant = new Set(settings.publicPorts);
  return reachability.nodes.flatMap((node) =>
    reachability
      .entrances(node)
      .filter((entrance) => node.kind !== "edge" || !isMeant(entrance, meant))
      .map((entrance) => ({ ...tell(entrance), resource: node.resource })),
  );
}

const isMeant = ({ meant, port }: Entrance, ports: ReadonlySet<number>): boolean =>
  meant === true || (port !== undefined && ports.has(port));

function tell({ node, port, verdict, through }: Entrance): Report {
  const what = `${node.name}${port === undefined ? "" : ` on TCP ${port}`}`;
  const { props } = node.resource;
  return verdict === "yes"
    ? violation(props, `the internet reaches ${what}: ${through}`)
    : cannotTell(props, `whether the internet reaches ${what}: ${through}`);
}

export const rule: Rule = {
  id: "internet-edge-only",
  title: "The internet reaches the edge and nothing else",
  severity: "high",
  category: "open-ingress",
  profile: "baseline",
  why: "What is reached past the edge has none of its filters, limits, certificates and logs.",
  fix: {
    aws: "Keep tasks and stores in subnets without a public address; listen on 443, and on 80 to redirect.",
    azure:
      "Make the environment internal or set publicNetworkAccess to Disabled, and lead Front Door there by a private connection.",
    gcp: "Set ingress to INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER, and ipv4Enabled of databases to false.",
    docker: "Publish ports of the edge alone; bind others to 127.0.0.1.",
  },
  controls: { nist: ["SC-7", "AC-4", "CM-7"], cis: ["4.4", "12.2"] },
  checkStack: { types: NODE_TYPES, run },
};
