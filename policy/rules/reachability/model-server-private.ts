import type { Graph } from "../../lib/graph/graph";
import { componentOf } from "../../lib/reachability/declared";
import type { Admission, Node } from "../../lib/reachability/model";
import { modelServersOf, type ModelServer } from "../../lib/reachability/model-servers";
import { NODE_TYPES, reachabilityOf, type Reachability } from "../../lib/reachability/reachability";
import { cannotTell, violation, type Context, type Report, type Rule } from "../../lib/rule";
import type { Resource } from "../../lib/resource";

/** The port at which a platform takes requests for its apps, whatever port of theirs it passes them to. */
const PLATFORM_PORT = 443;

function run(graph: Graph, { settings }: Context): (Report & { resource: Resource })[] {
  const reachability = reachabilityOf(graph);
  const sharesEnvironment = settings.acceptedSharing.includes("same environment");
  return modelServersOf(graph, reachability).flatMap((server) => {
    const clients = reachability.clientsOf(server.node);
    const callers = clients.filter(({ kind }) => kind !== "edge");
    const others = reachability
      .extras(server.node, [server.program.port])
      .filter((extra) => !(sharesEnvironment && isJobBeside(extra)));
    const meant = callers.length === 0 ? onlyWorkload(others) : undefined;
    const reports = [
      ...fromOutside(reachability, server),
      ...others.filter((extra) => extra !== meant).map((extra) => intrusion(extra, server)),
      ...shared(graph, callers, server),
    ];
    return reports.map((report) => ({ ...report, resource: server.node.resource }));
  });
}

/** Azure's network cannot keep a job out that runs in the same environment, and ends; a second app has no reason to be there. */
function isJobBeside({ node, sharing }: Admission): boolean {
  return sharing === "same environment" && node?.kind === "job";
}

/** A plan that tells nobody of the server has one workload that certainly may connect, and means that one. */
function onlyWorkload(others: readonly Admission[]): Admission | undefined {
  const certain = others.filter(({ verdict }) => verdict === "yes");
  return certain.length === 1 && certain[0]?.node?.kind === "workload" ? certain[0] : undefined;
}

/** Ways past the gateway: from the internet itself, or by an edge that takes requests for the server. */
function fromOutside(reachability: Reachability, { node, program }: ModelServer): Report[] {
  const { props } = node.resource;
  const direct = reachability
    .entrances(node)
    .map(({ verdict, through }) =>
      verdict === "yes"
        ? violation(props, `the internet reaches ${program.name} in ${node.name}: ${through}`)
        : cannotTell(
            props,
            `whether the internet reaches ${program.name} in ${node.name}: ${through}`,
          ),
    );
  const edges = reachability.uses.filter(
    ({ client, target, ports }) =>
      target === node &&
      client.kind === "edge" &&
      (ports.length === 0 || ports.includes(program.port) || ports.includes(PLATFORM_PORT)),
  );
  return [
    ...direct,
    ...edges.map(({ client }) =>
      violation(props, `${client.name} passes requests to ${program.name} in ${node.name}`),
    ),
  ];
}

function intrusion({ who, verdict, through }: Admission, { node, program }: ModelServer): Report {
  const { props } = node.resource;
  return verdict === "yes"
    ? violation(props, `${who} can connect to ${program.name} in ${node.name}: ${through}`)
    : cannotTell(
        props,
        `whether ${who} can connect to ${program.name} in ${node.name}: ${through}`,
      );
}

/** Keys, limits and records are worth something only where there is no second way; replicas are one gateway. */
function shared(graph: Graph, callers: readonly Node[], { node, program }: ModelServer): Report[] {
  const running = callers.filter(({ kind }) => kind !== "job");
  const gateways = new Set(
    running.map(({ resource, name }) => componentOf(graph, resource)?.name ?? name),
  );
  if (gateways.size < 2) return [];
  const who = [...gateways].sort().join(" and ");
  return [violation(node.resource.props, `${who} call ${program.name} in ${node.name}`)];
}

export const rule: Rule = {
  id: "model-server-private",
  title: "A model server is reached by its gateway and by nobody else",
  severity: "high",
  category: "private-network",
  profile: "baseline",
  why: "Ollama and its like ask nobody for a key: whoever reaches the port uses the machine, reads the models, and loads and deletes them, past every limit and record of the gateway.",
  fix: {
    aws: "Allow the server's port from the gateway's security group alone, and let no target group lead to it.",
    azure:
      "Set ingress.external to false, and give the server and its gateway an environment without other apps.",
    gcp: "Set ingress to INGRESS_TRAFFIC_INTERNAL_ONLY, invokerIamDisabled to false, and grant roles/run.invoker to the gateway's account alone.",
    docker:
      "Publish no port, and attach the server and its gateway alone to an internal network of their own.",
  },
  controls: { nist: ["SC-7", "AC-3", "AC-4", "CM-7"], cis: ["4.4", "12.2"] },
  source: "https://docs.ollama.com/faq",
  checkStack: { types: NODE_TYPES, run },
};
