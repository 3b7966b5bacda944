import type { Graph } from "../graph/graph";
import type { Resource } from "../resource";
import { Unknown } from "../value/unknown";
import type { Value } from "../value/value";

const TYPES = [
  "random:index/randomPassword:RandomPassword",
  "random:index/randomString:RandomString",
];

/** What random draws special characters from, unless it is told otherwise. */
const DEFAULT_SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

/** A text that the program generates. */
export interface GeneratedText {
  readonly resource: Resource;
  /** Special characters that may appear in it; undefined while that is not known. */
  readonly special: string | undefined;
  readonly length: number | undefined;
}

/** The generated text that a property holds and nothing else; undefined for any other property. */
export function generatedText(
  graph: Graph,
  owner: Resource,
  value: Value,
): GeneratedText | undefined {
  const { raw } = value;
  if (!(raw instanceof Unknown) || raw.prefix !== "" || raw.suffix !== "") return undefined;
  if (raw.references.some(({ output }) => !/^(result|)$/.test(output))) return undefined;
  const [resource, ...others] = graph.links(owner, value, TYPES).resources;
  if (resource === undefined || others.length > 0) return undefined;
  return {
    resource,
    special: specialOf(resource),
    length: resource.at("length").number,
  };
}

function specialOf(resource: Resource): string | undefined {
  const special = resource.at("special");
  if (special.unknown) return undefined;
  if (special.boolean === false) return "";
  const own = resource.at("overrideSpecial");
  if (own.unknown) return undefined;
  return own.text === undefined || own.text === "" ? DEFAULT_SPECIAL : own.text;
}
