import { fill, randomDigits, randomHex, randomLetters } from "./template";
import { matches } from "./store";
import type { CloudObject, Reference, Store } from "./store";
import { CloudError } from "./table";
import type { CloudView, Draft, PackageTable, Place, TypeTable } from "./table";
import { parsePath, select, withValue } from "./paths";
import { plain } from "./values";
import type { Plain, Properties } from "./values";

/** What a table may see of the simulated cloud. Of several objects of a name, the one in the place `near` is meant. */
export function viewOf(store: Store, near?: string): CloudView {
  const find: CloudView["find"] = (type, value, by) => {
    const found = store.ofType(type).filter((object) => matches(object, by, value));
    return found.find(({ place }) => place === near) ?? found[0];
  };
  const now = (object: CloudObject): CloudObject =>
    store.get(object.type, object.place, object.id) ?? object;
  return {
    everything: () => store.all(),
    all: (type) => store.ofType(type),
    find(type, value, by) {
      const known = find(type, value, by);
      if (known !== undefined) return known;
      store.reload();
      return find(type, value, by);
    },
    patch(object, outputs) {
      const known = now(object);
      store.write({ ...known, outputs: { ...known.outputs, ...outputs } });
    },
    configure(object, path, value) {
      const known = now(object);
      const [inputs, outputs] = [known.inputs, known.outputs].map(
        (each) => withValue(each, parsePath(path), value) as Properties,
      ) as [Properties, Properties];
      const changed = { ...known, inputs, outputs, updated: new Date().toISOString() };
      store.write(changed);
      return changed;
    },
    now,
    remove: (object) => store.remove(object),
    remember: (object, history) => store.write({ ...now(object), history }),
  };
}

export interface DraftSource {
  type: string;
  urn: string;
  id: string;
  place: Place;
  inputs: Properties;
  table: TypeTable;
  cloud: CloudView;
}

/** The working copy handed to a table's functions. */
export function draftOf(
  source: DraftSource,
): Draft & { id: string; outputs: Record<string, Plain> } {
  const inputs = plain(source.inputs);
  const logicalName = source.urn.split("::").slice(3).join("::");
  const { property = "", prefixProperty = "" } = source.table.name ?? {};
  const prefix: unknown = inputs[prefixProperty];
  const invented = typeof prefix === "string" ? `${prefix}${randomDigits(18)}` : logicalName;
  const given: unknown = inputs[property];
  return {
    ...source,
    logicalName,
    name: typeof given === "string" ? given : invented,
    inputs,
    outputs: { ...inputs },
    hex: randomHex,
    digits: randomDigits,
    letters: randomLetters,
  };
}

/** Part of the place within which IDs and names of this type are unique. */
export function placeKey(provider: PackageTable, table: TypeTable, place: Place): string {
  const scope = table.scope ?? "region";
  const keys = provider.scopes?.[scope] ?? (scope === "region" ? Object.keys(place) : []);
  return keys.map((key) => place[key] ?? "").join("/");
}

/** Find every object the inputs refer to; refuse a value no object has. */
export async function resolveReferences(
  provider: PackageTable,
  table: TypeTable,
  inputs: Properties,
  cloud: CloudView,
  tableOf: (type: string) => Promise<TypeTable | undefined>,
): Promise<Reference[]> {
  const found: Reference[] = [];
  for (const [path, targets] of Object.entries(table.references ?? {})) {
    for (const value of select(inputs, path)) {
      if (typeof value !== "string" || value === "") continue;
      const object = findTarget(targets, value, cloud);
      if (object !== undefined) {
        const holds = !(table.loose ?? []).includes(path);
        found.push({ type: object.type, id: object.id, path, holds });
        continue;
      }
      const types = targets.split("|").map((target) => target.split("#")[0] ?? "");
      if (types.some((type) => provider.ambient?.(type, value, cloud) === true)) continue;
      const target = await tableOf(types[0] ?? "");
      const missing = target?.missing ?? `${types.join(" or ")} '{value}' does not exist`;
      throw new CloudError(`${fill(missing, { value, inputs: plain(inputs) })} (input "${path}")`);
    }
  }
  return found;
}

function findTarget(targets: string, value: string, cloud: CloudView): CloudObject | undefined {
  for (const target of targets.split("|")) {
    const [type = "", by] = target.split("#");
    const object = cloud.find(type, value, by);
    if (object !== undefined) return object;
  }
  return undefined;
}
