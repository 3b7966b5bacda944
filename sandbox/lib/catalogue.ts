import type { FunctionRule, PackageTable, Service, TypeTable } from "./table";

/** A package's tables, each service loaded when its first type is asked for. */
export class Catalogue {
  readonly #provider: PackageTable;
  readonly #fallback: (type: string) => Promise<TypeTable>;
  readonly #services = new Map<string, Promise<Service>>();
  readonly #generic = new Map<string, Promise<TypeTable>>();

  /** `fallback` makes a table for a type that has none. */
  constructor(provider: PackageTable, fallback: (type: string) => Promise<TypeTable>) {
    this.#provider = provider;
    this.#fallback = fallback;
  }

  /** Table of a type, made up from the SDK when there is none. */
  async table(type: string): Promise<TypeTable> {
    const table = await this.known(type);
    if (table !== undefined) return table;
    let generic = this.#generic.get(type);
    if (generic === undefined) {
      generic = this.#fallback(type);
      this.#generic.set(type, generic);
    }
    return generic;
  }

  /** Table of a type, if somebody wrote one. */
  async known(type: string): Promise<TypeTable | undefined> {
    return (await this.#service(type)).types?.[type];
  }

  async function(token: string): Promise<FunctionRule | undefined> {
    return (await this.#service(token)).functions?.[token] ?? this.#provider.reads?.(token);
  }

  #service(token: string): Promise<Service> {
    const module = moduleOf(token);
    let service = this.#services.get(module);
    if (service === undefined) {
      service = this.#provider.services[module]?.() ?? Promise.resolve({});
      this.#services.set(module, service);
    }
    return service;
  }
}

/** `aws:rds/instance:Instance` -> `rds`. */
export function moduleOf(token: string): string {
  return /^[^:]+:([^:/]+)/.exec(token)?.[1] ?? "";
}
