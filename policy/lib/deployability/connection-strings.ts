import { containersOf, ENVIRONMENT_TYPES } from "../containers/containers";
import type { Graph } from "../graph/graph";
import type { Resource } from "../resource";
import { JsonText } from "../value/json-text";
import { Unknown } from "../value/unknown";
import type { Value } from "../value/value";

/** A text by which a program is told where something is. */
export interface ConnectionString {
  readonly owner: Resource;
  readonly value: Value;
  /** Names and values of the variables beside it, where it is one of several. */
  readonly beside: readonly { readonly name: string; readonly value: Value }[];
}

/** Properties that hold such a text, besides the environment of containers. */
const HOLDERS: Readonly<Record<string, string>> = {
  "aws:secretsmanager/secretVersion:SecretVersion": "secretString",
  "aws:ssm/parameter:Parameter": "value",
};

const found = new WeakMap<Graph, readonly ConnectionString[]>();

/** Every text of the plan by which a program may be told where something is: secrets, parameters, environments. */
export function connectionStrings(graph: Graph): readonly ConnectionString[] {
  let known = found.get(graph);
  if (known === undefined) {
    known = [...held(graph), ...inEnvironments(graph)];
    found.set(graph, known);
  }
  return known;
}

function held(graph: Graph): ConnectionString[] {
  return Object.entries(HOLDERS).flatMap(([type, path]) =>
    graph.ofType(type).flatMap((owner) => {
      const value = owner.at(path);
      const fields = value.document.entries.map(([name, field]) => ({ name, value: field }));
      const texts = value.raw instanceof JsonText || fields.length > 0 ? fields : [{ value }];
      return texts.map((text) => ({ owner, value: text.value, beside: fields }));
    }),
  );
}

function inEnvironments(graph: Graph): ConnectionString[] {
  return graph
    .ofType(...Object.keys(ENVIRONMENT_TYPES))
    .flatMap((owner) =>
      containersOf(owner).containers.flatMap(({ environment }) =>
        environment.map(({ value }) => ({ owner, value, beside: environment })),
      ),
    );
}

/** True if a text is made from one of a resource's outputs, or holds what that output came to be. */
export function mentions(
  graph: Graph,
  { owner, value }: ConnectionString,
  resource: Resource,
  outputs: readonly string[],
): boolean {
  const { raw, text } = value;
  if (text !== undefined) {
    return outputs.some((output) => {
      const known = resource.outputs.at(output).text;
      return known !== undefined && known !== "" && text.includes(known);
    });
  }
  if (!(raw instanceof Unknown)) return false;
  const named = raw.references.filter(({ output }) => outputs.includes(output));
  return named.some(({ resource: name }) => graph.find(name) === resource) && owner !== resource;
}

/** Literal text before the first and after the last part that is not known; all of it where everything is. */
export function literalParts(value: Value): { readonly start: string; readonly end: string } {
  const { text } = value;
  return text === undefined
    ? { start: value.prefix, end: value.suffix }
    : { start: text, end: text };
}
