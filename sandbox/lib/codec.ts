import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { isObject, UNKNOWN, Wrapped } from "./values";
import type { Properties, Value } from "./values";

/**
 * The wire form of properties (sdk/go/common/resource of Pulumi): special objects carry a signature key,
 * unknown values are fixed UUID strings, one per type.
 */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWNS = new Set([
  UNKNOWN_STRING,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

function decodeValue(wire: unknown): Value {
  if (typeof wire === "string") return UNKNOWNS.has(wire) ? UNKNOWN : wire;
  if (wire === null || typeof wire !== "object") return wire as Value;
  if (Array.isArray(wire)) return wire.map(decodeValue);
  const object = wire as Record<string, unknown>;
  if (object[SIGNATURE] === SECRET) {
    const inner = decodeValue(object.value);
    return inner instanceof Wrapped
      ? new Wrapped(inner.value, true, inner.dependencies)
      : new Wrapped(inner, true);
  }
  if (object[SIGNATURE] === OUTPUT) {
    const inner = "value" in object ? decodeValue(object.value) : UNKNOWN;
    const value = inner instanceof Wrapped ? inner.value : inner;
    return new Wrapped(
      value,
      object.secret === true || (inner instanceof Wrapped && inner.secret),
      (object.dependencies as string[] | undefined) ?? [],
    );
  }
  const out: Record<string, Value> = {};
  for (const key of Object.keys(object)) out[key] = decodeValue(object[key]);
  return out;
}

function encodeValue(value: Value): unknown {
  if (value === UNKNOWN) return UNKNOWN_STRING;
  if (value instanceof Wrapped) {
    if (value.dependencies === undefined) {
      return { [SIGNATURE]: SECRET, value: encodeValue(value.value) };
    }
    const known = value.value === UNKNOWN ? {} : { value: encodeValue(value.value) };
    return {
      [SIGNATURE]: OUTPUT,
      ...known,
      secret: value.secret,
      dependencies: value.dependencies,
    };
  }
  if (Array.isArray(value)) return value.map(encodeValue);
  if (isObject(value)) {
    const out: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      const item = value[key];
      if (item !== undefined) out[key] = encodeValue(item);
    }
    return out;
  }
  return value;
}

/** Properties of a request. Top-level nulls mean "not set" and are dropped, as bridged providers do. */
export function decode(struct: Struct | undefined): Properties {
  const out: Record<string, Value> = {};
  if (struct === undefined) return out;
  const wire = struct.toJavaScript();
  for (const key of Object.keys(wire)) {
    const value = decodeValue(wire[key]);
    if (value !== null) out[key] = value;
  }
  return out;
}

/** Properties for a response. */
export function encode(properties: Properties): Struct {
  return Struct.fromJavaScript(encodeValue(properties) as Record<string, never>);
}
