import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import type { Node, NodeKind, Told } from "../model";
import { joined, pointsTo, type Pointer } from "../pointer";
import { interfaceOf, SUBNET_TYPES, subnetsIn, type Interface } from "./interface";
import { FILE_SYSTEM, MOUNT_TARGET, NFS, STORE_KINDS, type StoreKind } from "./stores";

/** A node of AWS with its network interfaces; none where it stands outside every VPC. */
export interface AwsNode extends Node {
  readonly interfaces: readonly Interface[];
  /** Property that gives it a public address. */
  readonly publicAddress: Value | undefined;
}

export const SERVICE = "aws:ecs/service:Service";
export const TASK_DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";
export const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const FUNCTION = "aws:lambda/function:Function";
const INVOCATION = "aws:lambda/invocation:Invocation";
const EVENT_TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const SCHEDULE = "aws:scheduler/schedule:Schedule";
export const INSTANCE = "aws:ec2/instance:Instance";
const APP_RUNNER = "aws:apprunner/service:Service";
const CONNECTOR = "aws:apprunner/vpcConnector:VpcConnector";

/** Types of stores. */
export const AWS_STORE_TYPES: readonly string[] = [FILE_SYSTEM, ...Object.keys(STORE_KINDS)];

/** Types that make nodes; the rules are asked about nothing else. */
export const AWS_NODE_TYPES: readonly string[] = [
  ...[SERVICE, BALANCER, FUNCTION, INVOCATION, EVENT_TARGET, SCHEDULE, INSTANCE, APP_RUNNER],
  ...AWS_STORE_TYPES,
];

/** Every node of AWS a plan holds. */
export function awsNodes(graph: Graph): AwsNode[] {
  return graph.ofType(...AWS_NODE_TYPES).flatMap((resource) => {
    const kind = STORE_KINDS[resource.type];
    if (kind !== undefined) return [storeNode(graph, resource, kind)];
    return READERS[resource.type]?.(graph, resource) ?? [];
  });
}

const READERS: Readonly<Record<string, (graph: Graph, resource: Resource) => AwsNode[]>> = {
  [SERVICE]: (graph, resource) => {
    const network = resource.at("networkConfiguration");
    const told = toldOfTask(graph, resource, resource.at("taskDefinition"));
    return [taskNode(graph, resource, "workload", network, told)];
  },
  [INVOCATION]: (graph, resource) => invokedTask(graph, resource),
  [EVENT_TARGET]: (graph, resource) =>
    scheduledTasks(graph, resource, resource.at("ecsTarget"), "networkConfiguration"),
  [SCHEDULE]: (graph, resource) =>
    scheduledTasks(graph, resource, resource.at("target.ecsParameters"), "networkConfiguration"),
  [FUNCTION]: (graph, resource) => {
    const vpc = resource.at("vpcConfig");
    const told = [{ resource, value: resource.at("environment") }];
    const own = vpc.absent ? [] : [at(graph, resource, vpc, "subnetIds", "securityGroupIds")];
    return [node(resource, "workload", told, own)];
  },
  [INSTANCE]: (graph, resource) => {
    const told = ["userData", "userDataBase64"].map((name) => ({
      resource,
      value: resource.at(name),
    }));
    const own = at(graph, resource, resource.props, "subnetId", "vpcSecurityGroupIds");
    return [node(resource, "workload", told, [own], resource.at("associatePublicIpAddress"))];
  },
  [APP_RUNNER]: (graph, resource) => {
    const connectors = pointsTo(
      graph,
      resource,
      resource.at("networkConfiguration.egressConfiguration.vpcConnectorArn"),
      [CONNECTOR],
    ).targets;
    const own = connectors.map((each) => at(graph, each, each.props, "subnets", "securityGroups"));
    return [
      node(resource, "workload", [{ resource, value: resource.at("sourceConfiguration") }], own),
    ];
  },
  [BALANCER]: (graph, resource) => {
    const subnets = subnetsIn(graph, resource, [
      resource.at("subnets"),
      resource.at("subnetMappings"),
    ]);
    const own = interfaceOf(graph, resource, subnets, [resource.at("securityGroups")]);
    return [node(resource, "edge", [], [own])];
  },
  [FILE_SYSTEM]: (graph, resource) => {
    const targets = graph
      .ofType(MOUNT_TARGET)
      .filter((each) =>
        pointsTo(graph, each, each.at("fileSystemId"), [FILE_SYSTEM]).targets.includes(resource),
      );
    const own = targets.map((each) => at(graph, each, each.props, "subnetId", "securityGroups"));
    return [{ ...node(resource, "store", [], own), ports: [NFS] }];
  },
};

function node(
  resource: Resource,
  kind: NodeKind,
  told: readonly Told[],
  interfaces: readonly Interface[],
  publicAddress?: Value,
): AwsNode {
  const shared = { cloud: "aws", ports: [], hosts: [] } as const;
  return { ...shared, kind, name: resource.name, resource, told, interfaces, publicAddress };
}

function at(
  graph: Graph,
  resource: Resource,
  value: Value,
  subnets: string,
  groups: string,
): Interface {
  const where = subnetsIn(graph, resource, [value.at(subnets)]);
  return interfaceOf(graph, resource, where, [value.at(groups)]);
}

function taskNode(
  graph: Graph,
  resource: Resource,
  kind: NodeKind,
  network: Value,
  told: readonly Told[],
): AwsNode {
  const own = at(graph, resource, network, "subnets", "securityGroups");
  return node(resource, kind, told, [own], network.at("assignPublicIp"));
}

/** What a task is told: its containers' environment and the volumes they mount. */
function toldOfTask(graph: Graph, resource: Resource, definition: Value): Told[] {
  const tasks = pointsTo(graph, resource, definition, [TASK_DEFINITION]).targets;
  return tasks.flatMap((task) => [
    { resource: task, value: task.at("containerDefinitions") },
    { resource: task, value: task.at("volumes") },
  ]);
}

/** A function that is called with a task definition and subnets starts that task there: a one-off job. */
function invokedTask(graph: Graph, resource: Resource): AwsNode[] {
  const input = resource.at("input");
  const document = input.document;
  const told = toldOfTask(graph, resource, document.isObject ? document : input);
  const network = document.isObject ? document : input;
  const own = at(graph, resource, network, "subnets", "securityGroups");
  const named = joined([own.subnets, own.groups]);
  if (told.length === 0 || named.targets.length + named.outside.length === 0) return [];
  return [node(resource, "job", told, [own])];
}

function scheduledTasks(graph: Graph, resource: Resource, target: Value, key: string): AwsNode[] {
  if (target.absent) return [];
  const told = toldOfTask(graph, resource, target.at("taskDefinitionArn"));
  return [taskNode(graph, resource, "job", target.at(key), told)];
}

function storeNode(graph: Graph, resource: Resource, kind: StoreKind): AwsNode {
  const groups = kind.groups.map((name) => resource.at(name));
  const subnets =
    kind.subnetGroup === undefined
      ? subnetsIn(
          graph,
          resource,
          (kind.subnets ?? []).map((name) => resource.at(name)),
        )
      : inGroup(graph, resource, kind.subnetGroup);
  const own = interfaceOf(graph, resource, subnets, groups);
  const address = kind.public === undefined ? undefined : resource.at(kind.public);
  return {
    ...node(resource, "store", [], [own], address),
    ports: portsOf(resource, kind),
    hosts: kind.hosts.flatMap((path) => resource.outputs.at(path).text ?? []),
  };
}

/** The subnets of the group a store names; the default VPC's without one, which no plan holds. */
function inGroup(
  graph: Graph,
  resource: Resource,
  { property, type }: NonNullable<StoreKind["subnetGroup"]>,
): Pointer {
  const value = resource.at(property);
  if (value.absent) return { ...joined([]), outside: ["the default VPC"] };
  const pointer = pointsTo(graph, resource, value, [type]);
  const members = pointer.targets.map((group) =>
    pointsTo(graph, group, group.at("subnetIds"), SUBNET_TYPES),
  );
  return joined([...members, { ...pointer, targets: [] }]);
}

function portsOf(resource: Resource, kind: StoreKind): number[] {
  const given = kind.port === undefined ? undefined : resource.at(kind.port);
  if (given?.unknown === true) return [];
  const engine = resource.at("engine").text ?? "";
  const byEngine = Object.entries(kind.byEngine ?? {}).find(([start]) => engine.startsWith(start));
  // "aurora-postgresql" starts like "aurora", which is MySQL.
  const fallback = engine.includes("postgres") ? kind.fallback : (byEngine?.[1] ?? kind.fallback);
  return [given?.number ?? fallback];
}
