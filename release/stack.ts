/** A resource as the state holds it; secrets stay closed. */
export interface StackResource {
  readonly urn: string;
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly id?: string;
  readonly parent?: string;
  /** It has been deleted, and what was to come in its place has not been made. */
  readonly isGone?: true;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

const COMPONENTS = "portolan:components:";
const STACK = "pulumi:pulumi:Stack";

/** A deployed stack, read from `pulumi stack export`. */
export class Stack {
  readonly resources: readonly StackResource[];
  /** Outputs of the program: `cloud`, `images`, `repositories`, `address` ... */
  readonly outputs: Readonly<Record<string, unknown>>;

  constructor(exported: string) {
    const { deployment } = JSON.parse(exported) as {
      deployment?: { resources?: Record<string, unknown>[] };
    };
    // A destroyed stack has no list, not an empty one.
    this.resources = (deployment?.resources ?? []).map((each) => ({
      urn: String(each.urn),
      type: String(each.type),
      name: String(each.urn).split("::").slice(3).join("::"),
      ...(typeof each.id === "string" ? { id: each.id } : {}),
      ...(typeof each.parent === "string" ? { parent: each.parent } : {}),
      ...(each.pendingReplacement === true ? { isGone: true } : {}),
      inputs: (each.inputs ?? {}) as Record<string, unknown>,
      outputs: (each.outputs ?? {}) as Record<string, unknown>,
    }));
    this.outputs = this.resources.find(({ type }) => type === STACK)?.outputs ?? {};
  }

  /** Names of the components of a kind, e.g. `ContainerService`. */
  components(kind: string): string[] {
    return this.#components(kind).map(({ name }) => name);
  }

  /** What the components of a kind consist of, or one of them; of one type where a type is given. */
  within(kind: string, name?: string, type?: string): StackResource[] {
    const parents = new Map(this.resources.map((each) => [each.urn, each.parent]));
    const roots = new Set(
      this.#components(kind)
        .filter((each) => name === undefined || each.name === name)
        .map(({ urn }) => urn),
    );
    const isBelow = (urn: string | undefined): boolean =>
      urn !== undefined && (roots.has(urn) || isBelow(parents.get(urn)));
    return this.resources.filter(
      (each) => isBelow(each.parent) && (type === undefined || each.type === type),
    );
  }

  /** What a cloud runs each `ContainerService` as: its resources of a type, by the service's name. */
  services(type: string): { readonly service: string; readonly resource: StackResource }[] {
    return this.components("ContainerService").flatMap((service) =>
      this.within("ContainerService", service, type).map((resource) => ({ service, resource })),
    );
  }

  #components(kind: string): StackResource[] {
    return this.resources.filter(({ type }) => type === `${COMPONENTS}${kind}`);
  }
}
