import { INVALID, parseDocument } from "./document";
import { hasUnknown, JsonText } from "./json-text";
import { Unknown } from "./unknown";

/**
 * A property and where it stands. Rules read every property through it, so that "absent", "not known yet" and
 * "of an unexpected type" are never mixed up and no odd input can make a rule throw.
 */
export class Value {
  /** The plain value, {@link Unknown}, {@link JsonText}, or undefined where the property is absent. */
  readonly raw: unknown;
  /** Path from the resource's properties, for example `ingress[0].cidrBlocks`. */
  readonly path: string;

  constructor(raw: unknown, path: string) {
    this.raw = raw === null ? undefined : raw;
    this.path = path;
  }

  /** The property below this one; below an unknown value everything is unknown, under the unknown's own path. */
  at(path: string): Value {
    if (!path.includes(".")) return this.child(path);
    return path.split(".").reduce<Value>((value, key) => value.child(key), this);
  }

  private child(key: string): Value {
    const raw = this.raw;
    if (raw instanceof Unknown) return this;
    const path = this.path === "" ? key : `${this.path}.${key}`;
    if (raw instanceof JsonText || typeof raw !== "object" || raw === undefined)
      return new Value(undefined, path);
    return new Value(
      Object.hasOwn(raw as object, key) ? (raw as Record<string, unknown>)[key] : undefined,
      path,
    );
  }

  /** True for a value that only the update will tell. */
  get unknown(): boolean {
    return this.raw instanceof Unknown;
  }

  /** True where the property is not set (or null). */
  get absent(): boolean {
    return this.raw === undefined;
  }

  /** True where the property is set, be its value known or not. */
  get present(): boolean {
    return this.raw !== undefined;
  }

  /** True if this value or any part of it is unknown. */
  get partlyUnknown(): boolean {
    return hasUnknown(this.raw);
  }

  /** The text, or undefined where this is no known text. */
  get text(): string | undefined {
    if (typeof this.raw === "string") return this.raw;
    if (this.raw instanceof JsonText && !hasUnknown(this.raw))
      return JSON.stringify(this.raw.content);
    return undefined;
  }

  /** Literal text an unknown value starts with. */
  get prefix(): string {
    return this.raw instanceof Unknown ? this.raw.prefix : "";
  }

  /** Literal text an unknown value ends with. */
  get suffix(): string {
    return this.raw instanceof Unknown ? this.raw.suffix : "";
  }

  /** The number, also when it is written as text; undefined where this is no known number. */
  get number(): number | undefined {
    if (typeof this.raw === "number") return Number.isFinite(this.raw) ? this.raw : undefined;
    if (typeof this.raw !== "string" || !/^\s*-?\d+(\.\d+)?\s*$/.test(this.raw)) return undefined;
    return Number(this.raw);
  }

  /** The boolean, also when it is written as text as some providers do; undefined where this is none. */
  get boolean(): boolean | undefined {
    if (typeof this.raw === "boolean") return this.raw;
    if (typeof this.raw !== "string") return undefined;
    const text = this.raw.trim().toLowerCase();
    return text === "true" ? true : text === "false" ? false : undefined;
  }

  /** The elements of a list; a single object counts as a list of one, anything else as an empty list. */
  get items(): Value[] {
    const raw = this.raw;
    if (Array.isArray(raw))
      return raw.map((item, index) => new Value(item, `${this.path}[${index}]`));
    return this.isObject ? [this] : [];
  }

  /** The elements of a list; a single value of any kind counts as a list of one. Unknown stays one element. */
  get each(): Value[] {
    if (Array.isArray(this.raw)) return this.items;
    return this.absent ? [] : [this];
  }

  /** The entries of a map. */
  get entries(): [string, Value][] {
    if (!this.isObject) return [];
    const raw = this.raw as Record<string, unknown>;
    return Object.keys(raw).map((key) => [key, this.child(key)]);
  }

  /** True for a map of properties. */
  get isObject(): boolean {
    const raw = this.raw;
    return (
      typeof raw === "object" &&
      raw !== null &&
      !Array.isArray(raw) &&
      !(raw instanceof Unknown) &&
      !(raw instanceof JsonText)
    );
  }

  /** The content of a JSON document, be it given as text or as a structure; absent where it is not JSON. */
  get document(): Value {
    if (this.raw instanceof JsonText) return new Value(this.raw.content, this.path);
    if (typeof this.raw !== "string") return this;
    const content = parseDocument(this.raw);
    return new Value(content === INVALID ? undefined : content, this.path);
  }

  /** True for text that equals one of the given words, whatever its letter case. */
  isWord(...words: string[]): boolean {
    const text = this.text?.trim().toLowerCase();
    return text !== undefined && words.some((word) => word.toLowerCase() === text);
  }
}
