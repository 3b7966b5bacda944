import { leaves, type Graph } from "../graph/graph";
import type { Resource } from "../resource";
import { Unknown } from "../value/unknown";
import type { Value } from "../value/value";
import { carriedBy, isCarrier } from "./carriers";
import { Hosts } from "./hosts";
import type { Node, Use } from "./model";

/**
 * Whom the plan tells a client about. Values are followed by reference, by property dependency and, where they are
 * known, by the host they name; through secrets and files until a target's own output is met.
 */
export class UseFinder {
  private readonly graph: Graph;
  private readonly byResource = new Map<Resource, Node>();
  private readonly hosts: Hosts;

  constructor(graph: Graph, nodes: readonly Node[]) {
    this.graph = graph;
    for (const node of nodes) this.byResource.set(node.resource, node);
    this.hosts = new Hosts(nodes);
  }

  /** The stores and backends one client is told about. */
  usesOf(client: Node): Use[] {
    const found = new Map<Node, Use>();
    const seen = new Set<Resource>();
    for (const { resource, value } of client.told) {
      this.follow(resource, value, value.path, seen, (target, port, origin) => {
        if (target === client || target.kind === "edge") return;
        const known = found.get(target);
        const ports = port === undefined ? target.ports : [port];
        if (known === undefined)
          found.set(target, { client, target, ports, origin, declared: false });
        else if (port !== undefined && known.ports === target.ports)
          found.set(target, { ...known, ports });
      });
    }
    return [...found.values()];
  }

  private follow(
    resource: Resource,
    value: Value,
    origin: string,
    seen: Set<Resource>,
    found: (target: Node, port: number | undefined, origin: string) => void,
  ): void {
    const content = value.document.present ? value.document : value;
    const meet = (target: Resource): void => {
      const node = this.byResource.get(target);
      if (node?.kind === "store") found(node, undefined, origin);
      if (!isCarrier(target) || seen.has(target)) return;
      seen.add(target);
      for (const inside of carriedBy(this.graph, target)) {
        this.follow(inside.resource, inside.value, origin, seen, found);
      }
    };
    let blind = false;
    for (const leaf of leaves(content.raw)) {
      if (leaf instanceof Unknown) {
        if (leaf.references.length === 0) blind = true;
        for (const { resource: name } of leaf.references) {
          const target = this.graph.find(name);
          if (target !== undefined) meet(target);
        }
        for (const part of [leaf.prefix, leaf.suffix]) this.named(part, origin, found);
      } else this.named(leaf, origin, found);
    }
    for (const target of this.targetsOf(resource, content, blind)) meet(target);
  }

  /** What known names and, for unknown parts, the property's dependencies point to. */
  private targetsOf(resource: Resource, value: Value, blind: boolean): Resource[] {
    const property = /^[^.[]*/.exec(value.path)?.[0] ?? "";
    const urns = resource.propertyDependencies[property] ?? [];
    const dependencies = urns.flatMap((urn) => this.graph.find(urn) ?? []);
    if (blind) return dependencies;
    // Every value is known: only what it names counts, and a secret is named by its id or its last part.
    const texts = [...leaves(value.raw)].filter((leaf) => typeof leaf === "string");
    return [
      ...this.graph.links(resource, value).resources,
      ...dependencies.filter((each) => isCarrier(each) && isNamed(each, texts)),
    ];
  }

  private named(
    text: string,
    origin: string,
    found: (target: Node, port: number | undefined, origin: string) => void,
  ): void {
    for (const { node, port } of this.hosts.in(text)) found(node, port, origin);
  }
}

function isNamed(carrier: Resource, texts: readonly string[]): boolean {
  const names = [carrier.id, ...carrier.props.entries.map(([, value]) => value.text)];
  const known = names.flatMap((name) => (name === undefined || name.length < 3 ? [] : [name]));
  return texts.some((text) => known.some((name) => text === name || text.endsWith(`/${name}`)));
}
