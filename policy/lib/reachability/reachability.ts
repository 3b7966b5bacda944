import type { Graph } from "../graph/graph";
import { all, unknown, type Answer } from "./answer";
import { AwsNetwork } from "./aws/network";
import { AWS_NODE_TYPES, AWS_STORE_TYPES } from "./aws/nodes";
import { AzureNetwork } from "./azure/network";
import { AZURE_NODE_TYPES } from "./azure/nodes";
import { STORE_READERS as AZURE_STORES } from "./azure/stores";
import { DOCKER_NODE_TYPES, DockerNetwork } from "./docker/network";
import { GCP_NODE_TYPES, GcpNetwork } from "./gcp/network";
import { STORE_READERS as GCP_STORES } from "./gcp/stores";
import { declaredUses } from "./declared";
import type { Admission, CloudNetwork, Entrance, Node, Use } from "./model";
import { UseFinder } from "./uses";

/** Types of stores, on every cloud. */
export const STORE_TYPES: readonly string[] = [
  ...[...AWS_STORE_TYPES, ...Object.keys(AZURE_STORES), ...Object.keys(GCP_STORES)],
  ...DOCKER_NODE_TYPES,
];

/** Types of everything that connects or is connected to, on every cloud. */
export const NODE_TYPES: readonly string[] = [
  ...[...AWS_NODE_TYPES, ...AZURE_NODE_TYPES, ...GCP_NODE_TYPES, ...DOCKER_NODE_TYPES],
];

const made = new WeakMap<Graph, Reachability>();

/** The network of a plan; read once per graph, whoever asks. */
export function reachabilityOf(graph: Graph): Reachability {
  let known = made.get(graph);
  if (known === undefined) made.set(graph, (known = new Reachability(graph)));
  return known;
}

/** Who reaches what in a plan, on every cloud it uses. */
export class Reachability {
  readonly aws: AwsNetwork;
  readonly azure: AzureNetwork;
  readonly gcp: GcpNetwork;
  readonly docker: DockerNetwork;
  readonly nodes: readonly Node[];
  /** What has to be possible: clients and what they are told about, edges and what stands behind them. */
  readonly uses: readonly Use[];
  private readonly byCloud: ReadonlyMap<string, CloudNetwork>;

  constructor(graph: Graph) {
    this.aws = new AwsNetwork(graph);
    this.azure = new AzureNetwork(graph);
    this.gcp = new GcpNetwork(graph);
    this.docker = new DockerNetwork(graph);
    const { aws, azure, gcp, docker } = this;
    const networks: readonly CloudNetwork[] = [aws, azure, gcp, docker];
    this.byCloud = new Map<string, CloudNetwork>(Object.entries({ aws, azure, gcp, docker }));
    this.nodes = networks.flatMap(({ nodes }) => nodes);
    const finder = new UseFinder(graph, this.nodes);
    this.uses = merged([
      ...networks.flatMap(({ wired }) => wired),
      ...declaredUses(graph, this.nodes),
      ...this.nodes.flatMap((node) => finder.usesOf(node)),
    ]);
  }

  /** REACH: whether a use can be used, on every port it is given. */
  reach({ client, target, ports }: Use): Answer {
    const network = this.byCloud.get(client.cloud);
    if (network === undefined || client.cloud !== target.cloud)
      return unknown(`${client.name} and ${target.name} are on two clouds`);
    if (ports.length === 0) return unknown(`the port of ${target.name} is unknown`);
    return all(ports.map((port) => network.reach(client, target, port)));
  }

  /** Those who are told of a node, or wired to it. */
  clientsOf(node: Node): Node[] {
    return this.uses.filter(({ target }) => target === node).map(({ client }) => client);
  }

  /** ONLY: everybody a node lets in on its ports, apart from those who use it. */
  extras(target: Node, ports: readonly number[] = target.ports): Admission[] {
    const clients = new Set(this.clientsOf(target));
    const network = this.byCloud.get(target.cloud);
    const admitted = ports.flatMap((port) => network?.admitted(target, port) ?? []);
    return unique(admitted)
      .filter(({ node }) => node === undefined || !clients.has(node))
      .map((extra) => {
        const sharing = extra.node && network?.sharing?.(extra.node, [...clients]);
        return sharing === undefined ? extra : { ...extra, sharing };
      });
  }

  /** NOINET: ways from the internet to a node; of an edge, every port it answers on. */
  entrances(node: Node): Entrance[] {
    return this.byCloud.get(node.cloud)?.entrances(node) ?? [];
  }
}

/** One use per client and target, with everything that is said of it. */
function merged(uses: readonly Use[]): Use[] {
  const byPair = new Map<Node, Map<Node, Use>>();
  for (const use of uses) {
    const targets = byPair.get(use.client) ?? new Map<Node, Use>();
    byPair.set(use.client, targets);
    const known = targets.get(use.target);
    targets.set(use.target, known === undefined ? use : join(known, use));
  }
  return [...byPair.values()].flatMap((targets) => [...targets.values()]);
}

function join(one: Use, other: Use): Use {
  const ports = [...new Set([...one.ports, ...other.ports])];
  const origin = one.origin === other.origin ? one.origin : `${one.origin}, ${other.origin}`;
  return { ...one, ports, origin, declared: one.declared || other.declared };
}

/** A certain admission hides uncertain ones of the same. */
function unique(admissions: readonly Admission[]): Admission[] {
  const byWho = new Map<Node | string, Admission>();
  for (const admission of admissions) {
    const key = admission.node ?? admission.who;
    if (byWho.get(key)?.verdict !== "yes") byWho.set(key, admission);
  }
  return [...byWho.values()];
}
