import type { Resource } from "../resource";
import type { Cloud } from "../tokens";
import type { Value } from "../value/value";
import type { Answer } from "./answer";
import type { Sharing } from "./sharing";

/** workload: runs on and on; job: runs to its end; store: keeps data; edge: what the internet is meant to reach. */
export type NodeKind = "workload" | "job" | "store" | "edge";

/** Something that connects or is connected to. */
export interface Node {
  readonly cloud: Cloud;
  readonly kind: NodeKind;
  /** Logical name of the resource, for reports. */
  readonly name: string;
  /** The resource that findings hang on. */
  readonly resource: Resource;
  /** TCP ports it listens on; empty where the plan does not tell. */
  readonly ports: readonly number[];
  /** Properties that say whom it talks to: environment, secrets, files, arguments, mounts. */
  readonly told: readonly Told[];
  /** Host names and addresses by which clients know it, as far as they are known. */
  readonly hosts: readonly string[];
}

/** A property of a resource. */
export interface Told {
  readonly resource: Resource;
  readonly value: Value;
}

/** A client that is told about a store, or an edge that passes requests to a backend. */
export interface Use {
  readonly client: Node;
  readonly target: Node;
  /** Port the client was given, else the ports the target listens on. Empty where neither is known. */
  readonly ports: readonly number[];
  /** Where the plan says so, in words: `containerDefinitions`, `the component's uses`. */
  readonly origin: string;
  /** True where a component of this project says that it uses the target. */
  readonly declared: boolean;
}

/** Somebody a store's network lets in on a port. */
export interface Admission {
  /** The one let in; absent for addresses and things outside the plan. */
  readonly node?: Node;
  /** Its name, or the range or name outside the plan. */
  readonly who: string;
  readonly verdict: "yes" | "unknown";
  /** The rule or network that lets it in, in words. */
  readonly through: string;
  readonly sharing?: Sharing;
}

/** A way from the internet to a node. */
export interface Entrance {
  readonly node: Node;
  /** Port that answers; undefined for every port. */
  readonly port: number | undefined;
  readonly verdict: "yes" | "unknown";
  readonly through: string;
  /** True where the plan itself says that the internet is meant to come in, whatever the port. */
  readonly meant?: boolean;
}

/** What one cloud's part of a plan answers. */
export interface CloudNetwork {
  readonly nodes: readonly Node[];
  /** Edges that the plan wires without telling the workload: a balancer to its targets. */
  readonly wired: readonly Use[];
  /** REACH: the client can open a connection to the target on this port and resolve its name. */
  reach(client: Node, target: Node, port: number): Answer;
  /** Everybody the target's network lets in on this port, clients included. */
  admitted(target: Node, port: number): Admission[];
  /** Why somebody who is no client stands with the clients, where the network cannot tell them apart. */
  sharing?(extra: Node, clients: readonly Node[]): Sharing | undefined;
  /** NOINET: ways from the internet that do not lead through an edge; an edge's own ports, too. */
  entrances(node: Node): Entrance[];
}
