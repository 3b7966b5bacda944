import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import type { Use } from "../model";
import { BALANCER, SERVICE, type AwsNode } from "./nodes";

const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const LISTENER = "aws:lb/listener:Listener";
const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";

/** Balancers and the services behind them: what the balancer has to reach. */
export function wiredBackends(graph: Graph, nodes: readonly AwsNode[]): Use[] {
  const balancers = nodes.filter(({ resource }) => resource.type === BALANCER);
  if (balancers.length === 0) return [];
  return nodes
    .filter(({ resource }) => resource.type === SERVICE)
    .flatMap((service) => {
      const links = service.resource.at("loadBalancers");
      const groups = graph.links(service.resource, links, [TARGET_GROUP]).resources;
      const ports = new Set([
        ...links.items.flatMap((item) => item.at("containerPort").number ?? []),
        // A check on a port of its own has to get through as well.
        ...groups.flatMap((group) => group.at("healthCheck.port").number ?? []),
      ]);
      const before = new Set(groups.flatMap((group) => balancersOf(graph, group)));
      return balancers
        .filter(({ resource }) => before.has(resource))
        .map((client) => ({
          client,
          target: service,
          ports: [...ports],
          origin: "loadBalancers",
          declared: false,
        }));
    });
}

/** Balancers with a listener or rule that forwards to a target group. */
function balancersOf(graph: Graph, group: Resource): Resource[] {
  const forwards = (resource: Resource, property: string): boolean =>
    graph.links(resource, resource.at(property), [TARGET_GROUP]).resources.includes(group);
  const byRule = graph
    .ofType(LISTENER_RULE)
    .filter((rule) => forwards(rule, "actions"))
    .flatMap((rule) => graph.links(rule, rule.at("listenerArn"), [LISTENER]).resources);
  return [
    ...graph.ofType(LISTENER).filter((each) => forwards(each, "defaultActions")),
    ...byRule,
  ].flatMap(
    (listener) => graph.links(listener, listener.at("loadBalancerArn"), [BALANCER]).resources,
  );
}
