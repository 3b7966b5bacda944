import type { Catalogue } from "./catalogue";
import { draftOf, placeKey, resolveReferences, viewOf } from "./cloud";
import { hasPrefix } from "./naming";
import { mergeOutputs, previewOutputs, valueAt, withInside } from "./outputs";
import type { Lifecycle, Target } from "./lifecycle";
import type { CloudObject, Store } from "./store";
import { refuseOverQuota } from "./quotas";
import { refuse } from "./refusals";
import { CloudError } from "./table";
import type { Draft, PackageTable, Place, TypeTable } from "./table";
import { evaluate, fill } from "./template";
import { plain, UNKNOWN } from "./values";
import type { Plain, Properties, Value } from "./values";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The life of resources in the simulated cloud of one package. */
export class Resources implements Lifecycle {
  readonly #provider: PackageTable;
  readonly #catalogue: Catalogue;
  readonly #store: Store;
  readonly #config: Record<string, Plain>;

  constructor(
    provider: PackageTable,
    catalogue: Catalogue,
    store: Store,
    config: Record<string, Plain>,
  ) {
    this.#provider = provider;
    this.#catalogue = catalogue;
    this.#store = store;
    this.#config = config;
  }

  async previewCreate(target: Target, inputs: Properties): Promise<Properties> {
    return previewOutputs(this.#provider, await this.#catalogue.table(target.type), inputs);
  }

  async create(target: Target, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
    const table = await this.#catalogue.table(target.type);
    const place = this.place(inputs);
    const key = placeKey(this.#provider, table, place);
    const unheard = this.#unheard(target, key);
    if (unheard !== undefined) {
      const made = { ...target, id: unheard.id };
      return {
        id: made.id,
        outputs: await this.update(made, unheard.outputs, unheard.inputs, inputs),
      };
    }
    const references = await this.#references(table, inputs);
    const draft = this.#draft(target, table, inputs);
    this.#refuseTakenName(table, draft, key);
    if (table.quota !== undefined) {
      const others = this.#store.ofType(target.type).filter((object) => object.place === key);
      refuseOverQuota(table.quota, draft, others);
    }
    draft.id = makeId(table, draft);
    const filled = this.#fillOutputs(table, draft);
    refuse(table.rules ?? [], draft);
    const outputs = this.#fillInside(
      table,
      mergeOutputs(table, inputs, { ...filled, ...table.create?.(draft) }),
      draft,
    );
    const now = new Date().toISOString();
    const { type, urn } = target;
    const history = table.history?.(draft);
    const object: CloudObject = {
      ...{ type, id: draft.id, urn, place: key, created: now, updated: now },
      ...{ inputs, outputs, references, ...(history === undefined ? {} : { history }) },
    };
    if (this.#provider.stateOnly === true) return { id: draft.id, outputs };
    if (table.orphans !== true) this.#store.leaveToken(urn, draft.id);
    if (!this.#store.create(object)) throw new CloudError(existsError(table, draft));
    return { id: draft.id, outputs };
  }

  /** The engine has been told of a creation. */
  acknowledge(urn: string): void {
    if (this.#provider.stateOnly !== true) this.#store.dropToken(urn);
  }

  /** Computed outputs stay as they are, except those that every update makes anew. */
  async previewUpdate(
    target: Target,
    olds: Properties,
    oldInputs: Properties,
    news: Properties,
  ): Promise<Properties> {
    const table = await this.#catalogue.table(target.type);
    const fresh: Record<string, Value> = {};
    for (const key of table.changing ?? []) if (news[key] === undefined) fresh[key] = UNKNOWN;
    const merged = mergeOutputs(table, news, { ...computedOf(olds, news, oldInputs), ...fresh });
    return withInside(table, merged, (path) => valueAt(olds, path) ?? UNKNOWN);
  }

  async update(
    target: Target,
    olds: Properties,
    oldInputs: Properties,
    news: Properties,
  ): Promise<Properties> {
    const table = await this.#catalogue.table(target.type);
    const old = await this.read(target, news, olds, oldInputs);
    if (old === undefined) throw new CloudError(`${target.type} '${target.id}' no longer exists`);
    const references = await this.#references(table, news);
    const kept = computedOf(old.outputs, news, old.inputs, [
      ...(table.changing ?? []),
      ...Object.keys(this.#provider.common ?? {}),
    ]);
    const draft = this.#draft(target, table, news);
    draft.outputs = { ...plain(kept), ...draft.inputs };
    const filled = this.#fillOutputs(table, draft);
    refuse(table.rules ?? [], draft);
    const hook = await table.update?.(draft, old);
    const merged = mergeOutputs(table, news, { ...kept, ...filled, ...hook });
    const outputs = this.#fillInside(table, merged, draft, old.outputs);
    if (this.#provider.stateOnly === true) return outputs;
    const updated = new Date().toISOString();
    // Its history may have grown meanwhile.
    const now = this.#store.get(old.type, old.place, old.id) ?? old;
    this.#store.write({ ...now, urn: target.urn, updated, inputs: news, outputs, references });
    return outputs;
  }

  /** Undefined when the object is gone. State and inputs are what the engine remembers. */
  async read(
    target: Target,
    placing: Properties,
    state: Properties = placing,
    inputs: Properties = {},
  ): Promise<CloudObject | undefined> {
    const table = await this.#catalogue.table(target.type);
    if (this.#provider.stateOnly === true) return remembered(target, state, inputs, table);
    const place = placeKey(this.#provider, table, this.place(placing));
    return this.#store.get(target.type, place, target.id);
  }

  async remove(target: Target, state: Properties): Promise<void> {
    const table = await this.#catalogue.table(target.type);
    if (this.#provider.stateOnly === true) return;
    const object = await this.read(target, state);
    if (object === undefined) return; // Somebody removed it already: what was wanted is true.
    const refusal = table.protection?.(object);
    if (refusal !== undefined) throw new CloudError(refusal);
    this.#refuseWhileInUse(table, object);
    table.remove?.(object, viewOf(this.#store));
    this.#store.remove(object);
  }

  place(inputs: Properties): Place {
    return this.#provider.place?.(this.#config, plain(inputs)) ?? {};
  }

  /** The object of an earlier creation that the engine never heard of. */
  #unheard({ type, urn }: Target, place: string): CloudObject | undefined {
    const id = this.#provider.stateOnly === true ? undefined : this.#store.token(urn);
    return id === undefined ? undefined : this.#store.get(type, place, id);
  }

  #draft(target: Target, table: TypeTable, inputs: Properties): Mutable<Draft> {
    const place = this.place(inputs);
    return draftOf({ ...target, place, inputs, table, cloud: viewOf(this.#store) });
  }

  #references(table: TypeTable, inputs: Properties): Promise<CloudObject["references"]> {
    const near = placeKey(this.#provider, table, this.place(inputs));
    return resolveReferences(this.#provider, table, inputs, viewOf(this.#store, near), (type) =>
      this.#catalogue.known(type),
    );
  }

  /** Outputs of the row and of the package that neither inputs nor earlier state have set. */
  #fillOutputs(table: TypeTable, draft: Draft): Record<string, Plain> {
    const made: Record<string, Plain> = {};
    // A name that the cloud completed from a prefix is shown where a given one would stand.
    if (hasPrefix(table, draft.inputs) && draft.outputs[table.name.property] === undefined) {
      made[table.name.property] = draft.outputs[table.name.property] = draft.name;
    }
    for (const [key, rule] of Object.entries({ ...table.outputs, ...this.#provider.common })) {
      if (draft.outputs[key] !== undefined) continue;
      const value = evaluate(rule, draft);
      if (value === undefined) continue;
      made[key] = value;
      draft.outputs[key] = value;
    }
    return made;
  }

  /** Values inside given objects: as they were, or made by the row's rule. */
  #fillInside(
    table: TypeTable,
    state: Properties,
    draft: Draft,
    olds: Properties = {},
  ): Properties {
    return withInside(table, state, (path) => {
      const rule = table.inside?.[path];
      return valueAt(olds, path) ?? (rule === undefined ? undefined : evaluate(rule, draft));
    });
  }

  #refuseTakenName(table: TypeTable, draft: Draft, place: string): void {
    const rule = table.name;
    if (rule === undefined || rule.shared === true) return;
    if (draft.inputs[rule.property] === undefined) return;
    const same = (object: CloudObject): boolean =>
      object.place === place &&
      [rule.property, ...(rule.within ?? [])].every(
        (key) => plain(object.outputs[key]) === draft.inputs[key],
      );
    if (this.#store.ofType(draft.type).some(same)) throw new CloudError(existsError(table, draft));
  }

  #refuseWhileInUse(table: TypeTable, object: CloudObject): void {
    if (table.inUse === undefined) return;
    this.#store.reload();
    // Names are IDs on a host, so that another host may have an object of the same one.
    const twins = this.#store.ofType(object.type).filter(({ id }) => id === object.id);
    const isMeant = ({ place }: CloudObject): boolean =>
      place === object.place || twins.every((twin) => twin.place !== place);
    const user = this.#store
      .all()
      .filter(isMeant)
      .find((other) =>
        other.references.some((r) => r.holds && r.type === object.type && r.id === object.id),
      );
    if (user === undefined) return;
    const words = { id: object.id, value: user.id, outputs: plain(object.outputs) };
    throw new CloudError(`${fill(table.inUse, words)} (used by ${user.type} '${user.id}')`);
  }
}

/** A resource of a package that keeps nothing in a cloud; an import makes it from its ID. */
function remembered(
  target: Target,
  state: Properties,
  inputs: Properties,
  table: TypeTable,
): CloudObject | undefined {
  const known = Object.keys(state).length > 0;
  const imported = known ? { state, inputs } : table.importById?.(target.id);
  if (imported === undefined) return undefined;
  const outputs = mergeOutputs(table, imported.state, {});
  const times = { created: "", updated: "" };
  return { ...target, ...times, place: "", inputs: imported.inputs, outputs, references: [] };
}

function makeId(table: TypeTable, draft: Draft): string {
  if (typeof table.id === "function") return table.id(draft);
  if (table.id !== undefined) return fill(table.id, draft);
  return table.name !== undefined ? draft.name : `${draft.logicalName}-${draft.hex(8)}`;
}

function existsError(table: TypeTable, draft: Draft): string {
  return fill(table.exists ?? `a ${draft.type} named '{name}' already exists`, draft);
}

/** Earlier outputs that were computed: not inputs now, nor inputs that the program has dropped. */
function computedOf(
  outputs: Properties,
  news: Properties,
  oldInputs: Properties,
  except: readonly string[] = [],
): Record<string, Plain> {
  return Object.fromEntries(
    Object.entries(outputs).filter(
      ([key]) => !(key in news) && !(key in oldInputs) && !except.includes(key),
    ),
  );
}
