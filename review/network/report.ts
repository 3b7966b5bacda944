import { Graph } from "../../policy/lib/graph/graph";
import type { Answer, Verdict } from "../../policy/lib/reachability/answer";
import type { Node, NodeKind } from "../../policy/lib/reachability/model";
import { reachabilityOf, type Reachability } from "../../policy/lib/reachability/reachability";
import type { Sharing } from "../../policy/lib/reachability/sharing";
import { toResource } from "../../policy/lib/resource";
import type { Plan } from "../input/plan";

/** A member of the network, in words and plain data. */
export interface NetworkNode {
  /** URN of its resource. */
  readonly id: string;
  readonly name: string;
  readonly kind: NodeKind;
  readonly type: string;
  readonly ports: readonly number[];
  /** Ways from the internet: the port (absent: every port), how sure, and through what. */
  readonly internet: readonly {
    readonly port?: number;
    readonly verdict: Verdict;
    readonly through: string;
  }[];
}

/** A client and what it is told about. */
export interface NetworkUse {
  readonly client: string;
  readonly target: string;
  readonly ports: readonly number[];
  readonly origin: string;
  readonly verdict: Verdict;
  /** Why not, or which value is missing. */
  readonly reasons: readonly string[];
}

/** Somebody who reaches a store without being told about it. */
export interface NetworkExtra {
  readonly store: string;
  /** URN where it is a node; absent for ranges and things outside the plan. */
  readonly client?: string;
  readonly who: string;
  readonly verdict: Verdict;
  readonly through: string;
  readonly sharing?: Sharing;
}

/** Who reaches what in a plan. */
export interface NetworkReport {
  readonly nodes: readonly NetworkNode[];
  readonly uses: readonly NetworkUse[];
  readonly extras: readonly NetworkExtra[];
}

/** Order of rows and boxes: from the internet inwards. */
const ORDER: readonly NodeKind[] = ["edge", "workload", "job", "store"];

/** Reads the network of a plan; workloads that neither connect nor are connected to are left out. */
export function networkReport(plan: Plan): NetworkReport {
  const graph = new Graph(plan.resources.map((resource) => toResource(resource, plan.markers)));
  const reachability = reachabilityOf(graph);
  const uses = reachability.uses.map((use) => ({
    ...{ client: use.client.resource.urn, target: use.target.resource.urn },
    ...{ ports: use.ports, origin: use.origin },
    ...answerOf(reachability.reach(use)),
  }));
  const extras = reachability.nodes
    .filter(({ kind }) => kind === "store")
    .flatMap((store) => extrasOf(reachability, store));
  const nodes = reachability.nodes.map((node) => toNode(reachability, node));
  const connected = new Set([
    ...uses.flatMap(({ client, target }) => [client, target]),
    ...extras.flatMap(({ client, store }) => [store, ...(client === undefined ? [] : [client])]),
  ]);
  return {
    nodes: nodes
      .filter(
        ({ id, kind, internet }) => kind === "store" || internet.length > 0 || connected.has(id),
      )
      .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || compare(a.name, b.name)),
    uses: uses.sort((a, b) => compare(a.client, b.client) || compare(a.target, b.target)),
    extras: extras.sort((a, b) => compare(a.store, b.store) || compare(a.who, b.who)),
  };
}

function answerOf({ verdict, reasons }: Answer): Pick<NetworkUse, "verdict" | "reasons"> {
  return { verdict, reasons };
}

function extrasOf(reachability: Reachability, store: Node): NetworkExtra[] {
  return reachability.extras(store).map(({ node, who, verdict, through, sharing }) => ({
    store: store.resource.urn,
    ...(node === undefined ? {} : { client: node.resource.urn }),
    ...{ who, verdict, through },
    ...(sharing === undefined ? {} : { sharing }),
  }));
}

function toNode(reachability: Reachability, node: Node): NetworkNode {
  const { resource, name, kind, ports } = node;
  const internet = reachability.entrances(node).map(({ port, verdict, through }) => ({
    ...(port === undefined ? {} : { port }),
    ...{ verdict, through },
  }));
  return { id: resource.urn, name, kind, type: resource.token, ports, internet };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
