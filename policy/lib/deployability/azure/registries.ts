import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { target, type Target } from "../target";
import { REGISTRY } from "./types";

/** The registry of the plan whose login server a value names, by reference or as `<name>.azurecr.io`. */
export function registryOf(graph: Graph, resource: Resource, server: Value): Target {
  const host = hostOf(server.text ?? "");
  const named = graph
    .ofType(REGISTRY)
    .find((registry) =>
      [registry.outputs.at("loginServer").text, loginServer(registry)].some(
        (one) => one !== undefined && one.toLowerCase() === host,
      ),
    );
  return named === undefined
    ? target(graph, resource, server, REGISTRY)
    : { resource: named, open: [] };
}

function loginServer(registry: Resource): string | undefined {
  const name = registry.at("registryName").text;
  return name === undefined ? undefined : `${name}.azurecr.io`;
}

/** The host of an image or address, in lower case. */
export function hostOf(text: string): string {
  const address = text.replace(/^https?:\/\//, "");
  return (address.split("/")[0] ?? "").toLowerCase();
}
