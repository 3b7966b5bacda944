import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { all, no, unknown, YES, type Answer } from "../answer";
import type { Entrance, Use } from "../model";
import { madeFrom, pointsTo } from "../pointer";
import { answersOutside, isClosed } from "./ingress";
import { FRONT_DOOR, type AzureNode } from "./nodes";

const ROUTE = "azure-native:cdn:Route";
const ORIGIN_GROUP = "azure-native:cdn:AFDOriginGroup";
const ORIGIN = "azure-native:cdn:AFDOrigin";

/** Front Door: from an endpoint over routes and origins to the apps. */
export class FrontDoor {
  readonly wired: readonly Use[];
  private readonly graph: Graph;
  private readonly origins = new Map<AzureNode, Resource[]>();

  constructor(graph: Graph, nodes: readonly AzureNode[]) {
    this.graph = graph;
    const apps = new Map(nodes.map((node) => [node.resource, node]));
    for (const origin of graph.ofType(ORIGIN)) {
      const types = nodes.map(({ resource }) => resource.type);
      for (const target of madeFrom(graph, origin, origin.at("hostName"), types))
        this.keep(apps.get(target), origin);
      const host = origin.at("hostName").text;
      this.keep(
        host === undefined ? undefined : nodes.find(({ hosts }) => hosts.includes(host)),
        origin,
      );
    }
    this.wired = nodes
      .filter(({ resource }) => resource.type === FRONT_DOOR)
      .flatMap((client) => {
        const groups = this.groupsBehind(client.resource);
        return [...this.origins]
          .filter(([, origins]) => origins.some((origin) => groups.has(this.groupOf(origin))))
          .map(([target]) => ({
            client,
            target,
            ports: [443],
            origin: "origins",
            declared: false,
          }));
      });
  }

  private keep(node: AzureNode | undefined, origin: Resource): void {
    if (node === undefined) return;
    const known = this.origins.get(node) ?? [];
    if (!known.includes(origin)) this.origins.set(node, [...known, origin]);
  }

  private groupOf(origin: Resource): Resource | undefined {
    return pointsTo(this.graph, origin, origin.at("originGroupName"), [ORIGIN_GROUP]).targets[0];
  }

  private groupsBehind(endpoint: Resource): Set<Resource | undefined> {
    const routes = this.graph
      .ofType(ROUTE)
      .filter((route) =>
        pointsTo(this.graph, route, route.at("endpointName"), [FRONT_DOOR]).targets.includes(
          endpoint,
        ),
      );
    return new Set(
      routes.flatMap(
        (route) => pointsTo(this.graph, route, route.at("originGroup"), [ORIGIN_GROUP]).targets,
      ),
    );
  }

  /** An app of a closed environment is reached over a private connection only. */
  reaches(_edge: AzureNode, app: AzureNode): Answer {
    const outside = answersOutside(app);
    if (outside.verdict !== "yes") return outside;
    const environment = this.graph.find(app.environment ?? "");
    if (environment === undefined)
      return unknown(`the environment of ${app.name} is outside the plan`);
    if (!isClosed(environment)) return YES;
    const answers = (this.origins.get(app) ?? []).map((origin) =>
      origin.at("sharedPrivateLinkResource").present
        ? YES
        : no(
            `${origin.name} has no private connection to the closed environment (sharedPrivateLinkResource)`,
          ),
    );
    return all(answers);
  }

  entrances(node: AzureNode): Entrance[] {
    return [443, 80].map((port) => ({ node, port, verdict: "yes", through: node.name }) as const);
  }
}
