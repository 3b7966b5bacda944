import { JsonText } from "./json-text";
import { isUnknownSentinel, Unknown, UNKNOWN, type Reference } from "./unknown";

/** Key and values by which Pulumi's wire and state formats mark secrets, outputs, assets and resources. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** What the CLI prints in place of a secret; the value is there, but not for us. */
const HIDDEN = "[secret]";

/**
 * Turns properties of a resource list, a preview or a state file into what rules read: the engine's placeholders
 * become {@link Unknown} and secrets are opened (a secret that stays encrypted is unknown). With `markers`, the
 * markers `{ref}`, `{concat}` and `{json}` of resource lists become references and documents; a running program
 * has none, and an object of its own that looks like one is left alone.
 */
export function decode(value: unknown, markers: boolean): unknown {
  if (typeof value === "string")
    return isUnknownSentinel(value) || value === HIDDEN ? UNKNOWN : value;
  if (
    typeof value !== "object" ||
    value === null ||
    value instanceof Unknown ||
    value instanceof JsonText
  ) {
    return value;
  }
  if (Array.isArray(value)) return value.map((item) => decode(item, markers));
  const object = value as Record<string, unknown>;
  if (typeof object[SIGNATURE] === "string") return decodeSigned(object, markers);
  const keys = Object.keys(object);
  if (markers && keys.length === 1) {
    const marker = decodeMarker(keys[0] as string, object);
    if (marker !== undefined) return marker;
  }
  const result: Record<string, unknown> = {};
  for (const key of keys) {
    // Assigning this key would set the prototype instead of a property.
    if (key !== "__proto__") result[key] = decode(object[key], markers);
  }
  return result;
}

function decodeSigned(object: Record<string, unknown>, markers: boolean): unknown {
  if (object[SIGNATURE] === SECRET) {
    if ("value" in object) return decode(object.value, markers);
    if (typeof object.plaintext === "string") return decodePlaintext(object.plaintext);
    return UNKNOWN;
  }
  if (object[SIGNATURE] === OUTPUT) {
    if (object.value !== undefined) return decode(object.value, markers);
    const urns = Array.isArray(object.dependencies) ? object.dependencies : [];
    return new Unknown(urns.map((urn) => ({ resource: String(urn), output: "" })));
  }
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(object)) {
    if (key !== SIGNATURE && key !== "__proto__") result[key] = decode(object[key], markers);
  }
  return result;
}

function decodePlaintext(text: string): unknown {
  try {
    return decode(JSON.parse(text), false);
  } catch {
    return UNKNOWN;
  }
}

function decodeMarker(key: string, object: Record<string, unknown>): unknown {
  const content = object[key];
  if (key === "ref" && typeof content === "string") return new Unknown([parseReference(content)]);
  if (key === "concat" && Array.isArray(content)) return decodeConcat(content);
  if (key === "json" && typeof content === "object" && content !== null)
    return new JsonText(decode(content, true));
  return undefined;
}

/** `db.endpoint` names the output `endpoint` of `db`; an output path may have further dots and indices. */
function parseReference(text: string): Reference {
  if (text.startsWith("urn:")) return { resource: text, output: "" };
  const dot = text.indexOf(".");
  return dot < 0
    ? { resource: text, output: "" }
    : { resource: text.slice(0, dot), output: text.slice(dot + 1) };
}

function decodeConcat(parts: unknown[]): unknown {
  const decoded = parts.map((part) => decode(part, true));
  if (!decoded.some((part) => part instanceof Unknown)) return decoded.map(String).join("");
  const references = decoded.flatMap((part) => (part instanceof Unknown ? part.references : []));
  const firstUnknown = decoded.findIndex((part) => part instanceof Unknown);
  const lastUnknown = decoded.findLastIndex((part) => part instanceof Unknown);
  const prefix = decoded.slice(0, firstUnknown).map(String).join("");
  const suffix = decoded
    .slice(lastUnknown + 1)
    .map(String)
    .join("");
  return new Unknown(references, prefix, suffix);
}
