import type { Graph } from "../../graph/graph";
import { publishedPorts, type PublishedPort } from "../../net/docker";
import type { Resource } from "../../resource";
import { no, unknown, YES, type Answer } from "../answer";
import { componentOf, isEntry } from "../declared";
import type { Admission, CloudNetwork, Entrance, Node, NodeKind, Use } from "../model";
import {
  attachmentOf,
  CONTAINER,
  DEFAULT_BRIDGE,
  letsMembersTalk,
  SERVICE,
  type Attachment,
  type Membership,
} from "./networks";
import { storeIn } from "./images";

/** Types that make nodes of a Docker host. */
export const DOCKER_NODE_TYPES: readonly string[] = [CONTAINER, SERVICE];

/** A container of a host. */
export interface DockerNode extends Node {
  readonly attachment: Attachment;
}

/** Every public address counts: who may use a way in is not asked here. */
const ANYBODY = { allowedCidrs: [] };

/** Properties that say whom a container talks to. */
const TOLD = ["envs", "env", "uploads", "command", "args", "entrypoints", "volumes", "secrets"];

const COMPONENT = "portolan:components:HttpsEdge";

/** A Docker host's part of a plan. */
export class DockerNetwork implements CloudNetwork {
  readonly nodes: readonly DockerNode[];
  readonly wired: readonly Use[];

  constructor(graph: Graph) {
    this.nodes = graph
      .ofType(...DOCKER_NODE_TYPES)
      .flatMap((resource) => readNode(graph, resource));
    this.wired = behindEdges(graph, this.nodes);
  }

  reach(client: DockerNode, target: DockerNode, port: number): Answer {
    if (client.attachment.mode === "host") return this.byHost(target, port);
    const shared = sharedNetworks(client, target);
    const named = shared.filter((network) => network.network !== DEFAULT_BRIDGE);
    if (named.some(letsMembersTalk)) return listens(target, port);
    if (client.attachment.open || target.attachment.open)
      return unknown(`the networks of ${client.name} or ${target.name} are unknown`);
    if (shared.length > 0 && named.length === 0)
      return no(
        `${client.name} and ${target.name} share the default bridge only, which answers no names`,
      );
    if (named.length > 0) return no(`their network keeps its members apart (enable_icc)`);
    return no(`${client.name} and ${target.name} share no network`);
  }

  private byHost(target: DockerNode, port: number): Answer {
    const published = publishedPorts(target.resource, ANYBODY);
    if (published.some(({ internal }) => internal.number === port || internal.unknown)) return YES;
    return target.attachment.memberships.length > 0
      ? unknown(`the host reaches ${target.name} by address, but not by name`)
      : no(`${target.name} is attached to no network`);
  }

  admitted(target: DockerNode): Admission[] {
    const members = this.nodes
      .filter((node) => node !== target)
      .flatMap((node): Admission[] => {
        const [network] = sharedNetworks(node, target).filter(letsMembersTalk);
        if (network !== undefined)
          return [{ node, who: node.name, verdict: "yes", through: nameOf(network) }];
        if (node.attachment.mode === "host")
          return [{ node, who: node.name, verdict: "yes", through: "networkMode host" }];
        if (mayCommandDocker(node.resource))
          return [{ node, who: node.name, verdict: "yes", through: "the Docker socket" }];
        // Whoever shares another container's network is let in where that one is.
        if (node.attachment.owner !== undefined) return [];
        return node.attachment.open
          ? [{ node, who: node.name, verdict: "unknown", through: "a network that is unknown" }]
          : [];
      });
    const joined = target.attachment.memberships
      .filter(({ network, resource }) => resource === undefined && network !== DEFAULT_BRIDGE)
      .map(({ network }): Admission => {
        const who = `whoever else is on ${network}, which the plan does not hold,`;
        return { who, verdict: "unknown", through: network };
      });
    return [...members, ...joined];
  }

  entrances(node: DockerNode): Entrance[] {
    if (node.attachment.mode === "host")
      return [{ node, port: undefined, verdict: "yes", through: "networkMode host" }];
    // Ports of a container on internal networks alone are published and do not answer.
    if (!hasWayOut(node)) return [];
    const everything = node.resource.at("publishAllPorts");
    const all: Entrance[] =
      everything.boolean === true || everything.unknown
        ? [
            {
              ...{ node, port: undefined, through: "publishAllPorts" },
              verdict: everything.unknown ? "unknown" : "yes",
            },
          ]
        : [];
    const published = publishedPorts(node.resource, ANYBODY).flatMap((port): Entrance[] => {
      const { at, external, world, edge } = port;
      if (world === false) return [];
      const verdict = world === undefined || edge === undefined ? "unknown" : "yes";
      const way = { node, port: external.number, verdict, through: at.path } as const;
      return [edge === undefined ? way : { ...way, meant: edge }];
    });
    return [...all, ...published];
  }

  /** True if a container can open connections to the internet. */
  outbound(node: DockerNode): Answer {
    if (node.attachment.mode === "host" || hasWayOut(node)) return YES;
    if (node.attachment.open) return unknown(`a network of ${node.name} is unknown`);
    return no(`every network of ${node.name} is internal`);
  }
}

function readNode(graph: Graph, resource: Resource): DockerNode[] {
  // What is created and never started talks to nobody.
  if (resource.at("start").boolean === false) return [];
  const attachment = attachmentOf(graph, resource);
  const container =
    resource.type === SERVICE ? resource.at("taskSpec.containerSpec") : resource.props;
  const store = storeIn(graph, resource, container);
  const names = [
    resource.at("name").text,
    container.at("hostname").text,
    ...attachment.memberships.flatMap(({ aliases }) => aliases),
  ];
  const told = TOLD.map((key) => container.at(key))
    .filter((value) => value.present)
    .map((value) => ({ resource, value }));
  const published = publishedPorts(resource, ANYBODY);
  return [
    {
      ...{ cloud: "docker", name: resource.name, resource, told, attachment },
      kind: store !== undefined ? "store" : kindOf(resource, published),
      ports: store !== undefined ? [store.port] : [],
      hosts: [...new Set(names.flatMap((name) => name ?? []))],
    },
  ];
}

/** A container that answers the world on a port of the web, or as our edge, is an edge; one that may end is a job. */
function kindOf(resource: Resource, published: readonly PublishedPort[]): NodeKind {
  const web = published.some(
    ({ external, world, edge }) => world !== false && (edge !== false || isWeb(external.number)),
  );
  if (web) return "edge";
  return resource.at("mustRun").boolean === false ? "job" : "workload";
}

function isWeb(port: number | undefined): boolean {
  return port === 80 || port === 443;
}

/** Our edge is given its routes while it runs; whom it routes to stands in its component's input. */
function behindEdges(graph: Graph, nodes: readonly DockerNode[]): Use[] {
  return nodes
    .filter(({ kind }) => kind === "edge")
    .flatMap((client) => {
      const component = componentOf(graph, client.resource);
      if (component?.type !== COMPONENT) return [];
      return component.at("backends").entries.flatMap(([name, backend]) =>
        nodes
          .filter(({ kind, resource }) => kind === "workload" && isOf(graph, resource, name))
          .map((target) => ({
            ...{ client, target, origin: "backends", declared: false },
            ports:
              backend.at("port").number === undefined ? [] : [backend.at("port").number as number],
          })),
      );
    });
}

function isOf(graph: Graph, resource: Resource, name: string): boolean {
  const component = componentOf(graph, resource);
  return component?.name === name && isEntry(component, resource);
}

function sharedNetworks(one: DockerNode, other: DockerNode): Membership[] {
  return one.attachment.memberships.filter((mine) =>
    other.attachment.memberships.some(({ network }) => network === mine.network),
  );
}

function hasWayOut({ attachment }: DockerNode): boolean {
  return attachment.memberships.some(
    ({ resource }) => resource === undefined || resource.at("internal").boolean !== true,
  );
}

/** Whoever holds the Docker socket, or is privileged, can join every network. */
function mayCommandDocker(resource: Resource): boolean {
  if (resource.at("privileged").boolean === true) return true;
  const mounts = [...resource.at("volumes").items, ...resource.at("mounts").items];
  return mounts.some((mount) =>
    ["hostPath", "source"].some((key) => mount.at(key).text?.endsWith("/docker.sock") === true),
  );
}

/** No filter stands between members of a network: a target that says where it listens has to listen there. */
function listens(target: DockerNode, port: number): Answer {
  if (target.ports.length === 0 || target.ports.includes(port)) return YES;
  return no(`${target.name} listens on ${target.ports.join()}, not on ${port}`);
}

function nameOf({ network, resource }: Membership): string {
  return resource?.name ?? network;
}
