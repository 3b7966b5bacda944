/**
 * The property model shared by the whole sandbox: plain JSON plus three things JSON does not have:
 * a value that is not known yet, a value that is secret, and an output that remembers its dependencies.
 */

/** A value the engine does not know yet (a preview's computed output). */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** A secret, or an output with dependencies, around another value. Never nested in another `Wrapped`. */
export class Wrapped {
  readonly value: Value;
  readonly secret: boolean;
  /** URNs this output depends on; absent for a plain secret. */
  readonly dependencies: readonly string[] | undefined;

  constructor(value: Value, secret: boolean, dependencies?: readonly string[]) {
    this.value = value;
    this.secret = secret;
    this.dependencies = dependencies;
  }
}

/** A property value as the engine sends it. */
export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | { readonly [key: string]: Value }
  | Wrapped
  | typeof UNKNOWN;

/** Property bag of a resource. */
export type Properties = Readonly<Record<string, Value>>;

/** A value without wrappers; unknown stays visible as `UNKNOWN`. What hooks of a table work with. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tables navigate freely in untyped cloud properties
export type Plain = any;

/** Wrap as secret once, whatever the value is already. */
export function secret(value: Value): Wrapped {
  if (value instanceof Wrapped) return new Wrapped(value.value, true, value.dependencies);
  return new Wrapped(value, true);
}

export function isObject(value: unknown): value is Record<string, Value> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Wrapped)
  );
}

/** Strip wrappers at every depth. */
export function plain(value: Value | undefined): Plain {
  if (value instanceof Wrapped) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (isObject(value)) {
    const out: Record<string, Plain> = {};
    for (const key of Object.keys(value)) out[key] = plain(value[key]);
    return out;
  }
  return value;
}

/** Whether an unknown hides at any depth. */
export function hasUnknown(value: Value | undefined): boolean {
  if (value === UNKNOWN) return true;
  if (value instanceof Wrapped) return hasUnknown(value.value);
  if (Array.isArray(value)) return value.some(hasUnknown);
  if (isObject(value)) return Object.values(value).some(hasUnknown);
  return false;
}

/** Whether a secret hides at any depth. */
export function hasSecret(value: Value | undefined): boolean {
  if (value instanceof Wrapped) return value.secret || hasSecret(value.value);
  if (Array.isArray(value)) return value.some(hasSecret);
  if (isObject(value)) return Object.values(value).some(hasSecret);
  return false;
}

/** Equal content, wrappers aside. */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  const x = a instanceof Wrapped ? a.value : a;
  const y = b instanceof Wrapped ? b.value : b;
  if (x === y) return true;
  if (Array.isArray(x) && Array.isArray(y)) {
    return x.length === y.length && x.every((item, index) => sameValue(item, y[index]));
  }
  if (isObject(x) && isObject(y)) {
    const keys = new Set([...Object.keys(x), ...Object.keys(y)]);
    return [...keys].every((key) => sameValue(x[key], y[key]));
  }
  return false;
}
