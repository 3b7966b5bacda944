import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { linked } from "./named";
import { BACKEND, NEG, RUN_SERVICE } from "./types";

/** True for a group of endpoints that are no machines. */
export function isServerless(neg: Resource): boolean {
  // The provider takes SERVERLESS where none is given.
  const kind = neg.at("networkEndpointType");
  return kind.absent || kind.isWord("SERVERLESS");
}

/** Services of Cloud Run behind a serverless group. */
export function servicesBehind(graph: Graph, neg: Resource): Resource[] {
  if (!isServerless(neg)) return [];
  const service = linked(graph, neg, neg.at("cloudRun.service"), RUN_SERVICE).resource;
  return service === undefined ? [] : [service];
}

/** Backend services that have a group among their backends. */
export function backendsOf(graph: Graph, neg: Resource): Resource[] {
  return graph
    .ofType(BACKEND)
    .filter((backend) =>
      backend
        .at("backends")
        .items.some((one) => linked(graph, backend, one.at("group"), NEG).resource === neg),
    );
}

/** True unless a backend service surely serves inside a network only. */
export function isExternal(backend: Resource): boolean {
  const scheme = backend.at("loadBalancingScheme");
  return scheme.absent || scheme.isWord("EXTERNAL", "EXTERNAL_MANAGED");
}
