import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import type { Use } from "../model";
import { BALANCER, INSTANCE, SERVICE, type AwsNode } from "./nodes";

const ATTACHMENT = "aws:lb/targetGroupAttachment:TargetGroupAttachment";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const LISTENER = "aws:lb/listener:Listener";
const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";

/** What stands behind target groups. */
interface Backend {
  readonly target: AwsNode;
  readonly groups: readonly Resource[];
  /** Ports that requests go to. */
  readonly ports: readonly number[];
  /** Property that puts it there. */
  readonly origin: string;
}

/** Balancers and the services and machines behind them: what the balancer has to reach. */
export function wiredBackends(graph: Graph, nodes: readonly AwsNode[]): Use[] {
  const balancers = nodes.filter(({ resource }) => resource.type === BALANCER);
  if (balancers.length === 0) return [];
  return [...servicesBehind(graph, nodes), ...machinesBehind(graph, nodes)].flatMap(
    ({ target, groups, ports, origin }) => {
      // A check on a port of its own has to get through as well.
      const checked = groups.flatMap((group) => group.at("healthCheck.port").number ?? []);
      const before = new Set(groups.flatMap((group) => balancersOf(graph, group)));
      return balancers
        .filter(({ resource }) => before.has(resource))
        .map((client) => ({
          ...{ client, target, origin, declared: false },
          ports: [...new Set([...ports, ...checked])],
        }));
    },
  );
}

const servicesBehind = (graph: Graph, nodes: readonly AwsNode[]): Backend[] =>
  nodes
    .filter(({ resource }) => resource.type === SERVICE)
    .map((target) => {
      const links = target.resource.at("loadBalancers");
      return {
        ...{ target, origin: "loadBalancers" },
        groups: graph.links(target.resource, links, [TARGET_GROUP]).resources,
        ports: links.items.flatMap((item) => item.at("containerPort").number ?? []),
      };
    });

/** A machine is put behind a group by a resource of its own, on the group's port or on another one. */
const machinesBehind = (graph: Graph, nodes: readonly AwsNode[]): Backend[] =>
  graph.ofType(ATTACHMENT).flatMap((attachment) => {
    const to = (property: string, type: string): readonly Resource[] =>
      graph.links(attachment, attachment.at(property), [type]).resources;
    const machines = to("targetId", INSTANCE);
    const groups = to("targetGroupArn", TARGET_GROUP);
    const own = attachment.at("port");
    const ports = (own.absent ? groups.map((group) => group.at("port")) : [own]).flatMap(
      (port) => port.number ?? [],
    );
    return nodes
      .filter(({ resource }) => machines.includes(resource))
      .map((target) => ({ target, groups, ports, origin: "targetId" }));
  });

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
