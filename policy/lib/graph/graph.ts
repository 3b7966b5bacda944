import type { Resource } from "../resource";
import { JsonText } from "../value/json-text";
import { cloudOf } from "../tokens";
import { Unknown } from "../value/unknown";
import type { Value } from "../value/value";
import { IDENTITIES, NAMES, unnamed } from "./names";

/** Resources a property points to. */
export interface Links {
  readonly resources: readonly Resource[];
  /** False where a part of the property is unknown and nothing tells what it points to. */
  readonly complete: boolean;
  /** Literal texts that name nothing in the plan: things outside the stack, or no names at all. */
  readonly outside: readonly string[];
}

/**
 * The resources of a plan and the links between them. A link is followed through references and property
 * dependencies, which exist in a preview too, and by physical id where values are known.
 */
export class Graph {
  readonly resources: readonly Resource[];
  private readonly byUrn = new Map<string, Resource>();
  private readonly byName = new Map<string, Resource>();
  private readonly byType = new Map<string, Resource[]>();
  private identities: Map<string, Resource[]> | undefined;
  private names: Map<string, Resource[]> | undefined;
  private incoming: Map<Resource, Set<Resource>> | undefined;
  private readonly outgoing = new Map<Resource, Set<Resource>>();
  private readonly closures = new Map<Resource, Set<Resource>>();
  private children: Map<string, Resource[]> | undefined;

  constructor(resources: readonly Resource[]) {
    this.resources = resources;
    for (const resource of resources) {
      this.byUrn.set(resource.urn, resource);
      if (!this.byName.has(resource.name)) this.byName.set(resource.name, resource);
      const same = this.byType.get(resource.type);
      if (same === undefined) this.byType.set(resource.type, [resource]);
      else same.push(resource);
    }
  }

  /** All resources of the given types. */
  ofType(...types: string[]): Resource[] {
    return types.length === 1
      ? (this.byType.get(types[0] as string) ?? [])
      : types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** The resource of a URN or, in resource lists, of a logical name. */
  find(urnOrName: string): Resource | undefined {
    return this.byUrn.get(urnOrName) ?? this.byName.get(urnOrName);
  }

  /**
   * What a property of a resource points to, limited to the given types. `value` is read from that resource;
   * property dependencies know top-level properties only, so types keep a link to its own kind.
   */
  links(resource: Resource, value: Value, types?: readonly string[]): Links {
    const found = new Set<Resource>();
    const outside: string[] = [];
    let blind = false;
    for (const leaf of leaves(value.raw)) {
      const targets =
        leaf instanceof Unknown
          ? this.ofUnknown(leaf)
          : [...this.ofText(leaf, types), ...this.ofPath(leaf, resource, value, types)];
      for (const target of targets) found.add(target);
      if (targets.length > 0) continue;
      if (leaf instanceof Unknown) blind = true;
      else outside.push(leaf);
    }
    const made = this.dependenciesOf(resource, value).filter(
      (target) => types === undefined || types.includes(target.type),
    );
    if (blind) for (const target of made) found.add(target);
    const strange = types === undefined ? outside : unnamed(outside, made, found);
    found.delete(resource);
    const resources = [...found].filter(
      (target) => types === undefined || types.includes(target.type),
    );
    return { resources, complete: !blind || made.length > 0, outside: strange };
  }

  /** Resources of the given types that point to this one with any property, or depend on it. */
  referrers(resource: Resource, ...types: string[]): Resource[] {
    this.incoming ??= this.reverse();
    const sources = [...(this.incoming.get(resource) ?? [])];
    return types.length === 0 ? sources : sources.filter((source) => types.includes(source.type));
  }

  /** Every resource one depends on: references, property dependencies and explicit dependencies. */
  dependencies(resource: Resource): ReadonlySet<Resource> {
    let known = this.outgoing.get(resource);
    if (known === undefined) {
      known = this.findDependencies(resource);
      this.outgoing.set(resource, known);
    }
    return known;
  }

  private findDependencies(resource: Resource): Set<Resource> {
    const names = [
      ...resource.dependencies,
      ...Object.values(resource.propertyDependencies).flat(),
    ];
    const found = new Set<Resource>();
    for (const name of names) {
      const target = this.find(name);
      if (target !== undefined && target !== resource) found.add(target);
    }
    for (const target of this.links(resource, resource.props).resources) found.add(target);
    return found;
  }

  /**
   * Everything that is there before a resource is made: {@link dependencies}, followed to the end. A component's child
   * waits for what the component waits for; whoever depends on a component waits for all that is in it.
   */
  closure(resource: Resource): ReadonlySet<Resource> {
    let seen = this.closures.get(resource);
    if (seen === undefined) {
      seen = this.findClosure(resource);
      this.closures.set(resource, seen);
    }
    return seen;
  }

  private findClosure(resource: Resource): Set<Resource> {
    const seen = new Set<Resource>();
    const whole = new Set<Resource>();
    const open = [resource];
    const add = (target: Resource): void => {
      if (!seen.has(target)) open.push(target);
      seen.add(target);
    };
    const addWhole = (target: Resource): void => {
      add(target);
      if (whole.has(target)) return;
      whole.add(target);
      for (const child of this.contentOf(target)) addWhole(child);
    };
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const target of this.dependencies(next)) addWhole(target);
      const parent = next.parent === undefined ? undefined : this.find(next.parent);
      if (parent !== undefined) add(parent);
    }
    return seen;
  }

  /** What is in a component; nothing is in any other resource, whatever names it as its parent. */
  private contentOf(resource: Resource): readonly Resource[] {
    if (cloudOf(resource.type) !== undefined) return [];
    this.children ??= index(this.resources, ({ parent }) => [
      parent === undefined ? undefined : this.find(parent)?.urn,
    ]);
    return this.children.get(resource.urn) ?? [];
  }

  private ofUnknown(unknown: Unknown): Resource[] {
    return unknown.references.flatMap((reference) => this.find(reference.resource) ?? []);
  }

  /** Names are only unique within a type, so they count only where the caller says which types he means. */
  private ofText(text: string, types: readonly string[] | undefined): Resource[] {
    this.identities ??= index(this.resources, (resource) => [
      resource.id,
      // What was given to it is somebody else's identity, repeated.
      ...IDENTITIES.map((key) =>
        resource.at(key).present ? undefined : resource.outputs.at(key).text,
      ),
    ]);
    const known = this.identities.get(text);
    if (known !== undefined || types === undefined) return known ?? [];
    this.names ??= index(this.resources, (resource) =>
      NAMES.flatMap((key) => [resource.outputs.at(key).text, resource.at(key).text]),
    );
    return (this.names.get(text) ?? []).filter((resource) => types.includes(resource.type));
  }

  /**
   * The engine shows a finished stack without physical ids, and some providers do not repeat them in the outputs. A path
   * that ends in the name of something the property depends on is then that thing's id.
   */
  private ofPath(
    text: string,
    resource: Resource,
    value: Value,
    types: readonly string[] | undefined,
  ): Resource[] {
    const last = text.slice(text.lastIndexOf("/") + 1);
    if (last === text) return [];
    return this.dependenciesOf(resource, value).filter(
      (target) =>
        target.id === undefined &&
        (types === undefined || types.includes(target.type)) &&
        target.outputs.at("name").text === last,
    );
  }

  /** What a property of a resource depends on; dependencies know top-level properties only. */
  private dependenciesOf(resource: Resource, value: Value): Resource[] {
    const property = /^[^.[]*/.exec(value.path)?.[0] ?? "";
    const urns =
      property === ""
        ? Object.values(resource.propertyDependencies).flat()
        : (resource.propertyDependencies[property] ?? []);
    return urns.flatMap((urn) => this.find(urn) ?? []);
  }

  private reverse(): Map<Resource, Set<Resource>> {
    const index = new Map<Resource, Set<Resource>>();
    for (const source of this.resources) {
      for (const target of this.dependencies(source)) {
        const sources = index.get(target);
        if (sources === undefined) index.set(target, new Set([source]));
        else sources.add(source);
      }
    }
    return index;
  }
}

/** Every text and every unknown in a value. */
export function* leaves(raw: unknown): Generator<string | Unknown> {
  if (typeof raw === "string" || raw instanceof Unknown) yield raw;
  else if (raw instanceof JsonText) yield* leaves(raw.content);
  else if (Array.isArray(raw)) for (const item of raw) yield* leaves(item);
  else if (typeof raw === "object" && raw !== null)
    for (const item of Object.values(raw)) yield* leaves(item);
}

function index(
  resources: readonly Resource[],
  keysOf: (resource: Resource) => (string | undefined)[],
): Map<string, Resource[]> {
  const result = new Map<string, Resource[]>();
  for (const resource of resources) {
    for (const key of new Set(keysOf(resource))) {
      if (key === undefined || key === "") continue;
      const same = result.get(key);
      if (same === undefined) result.set(key, [resource]);
      else same.push(resource);
    }
  }
  return result;
}
