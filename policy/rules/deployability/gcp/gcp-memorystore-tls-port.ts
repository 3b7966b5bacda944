import { urlsTo, type StoreUrl } from "../../../lib/deployability/endpoints";
import { REDIS } from "../../../lib/deployability/gcp/types";
import { about, type StackReport } from "../../../lib/deployability/links";
import { outputsOf } from "../../../lib/deployability/references";
import { leavesUnder } from "../../../lib/deployability/endpoints";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

export const rule = deployability({
  id: "gcp-memorystore-tls-port",
  title: "Clients of Memorystore use the port, the scheme, the authority and the password it has",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "the client times out on 6379, or fails with self-signed certificate in certificate chain.",
  },
  fix: "Build the URL of host and port of the instance: rediss:// and 6378 with SERVER_AUTHENTICATION, with serverCaCerts given to the client, and authString where authEnabled is true.",
  source: "https://cloud.google.com/memorystore/docs/redis/about-in-transit-encryption",
  checkStack: {
    types: [REDIS],
    run: (graph) =>
      urlsTo(graph, [REDIS], ["host", "readEndpoint"], /^rediss?$/i).flatMap((url) => [
        ...checkUrl(url),
        ...checkDelivered(graph, url),
      ]),
  },
});

function usesTls(cache: Resource): boolean | undefined {
  const mode = cache.at("transitEncryptionMode");
  return mode.unknown ? undefined : mode.isWord("SERVER_AUTHENTICATION");
}

function checkUrl({ resource, at, store, scheme, port }: StoreUrl): StackReport[] {
  const tls = usesTls(store);
  if (tls === undefined) return about(resource, [undecided(store.at("transitEncryptionMode"))]);
  if (tls && scheme === "redis")
    return about(resource, [violation(at, `${store.name} speaks TLS, but the URL is redis://`)]);
  if (!tls && scheme === "rediss")
    return about(resource, [
      violation(at, `${store.name} speaks no TLS, but the URL is rediss://`),
    ]);
  const own = tls ? 6378 : 6379;
  return port === undefined || port === own
    ? []
    : about(resource, [violation(at, `${store.name} listens on port ${own}, not on ${port}`)]);
}

/** What else the client needs, as far as the plan names outputs. */
function checkDelivered(graph: Graph, { resource, at, store, before }: StoreUrl): StackReport[] {
  const named = [...leavesUnder(resource.props)].filter((leaf) =>
    graph.links(resource, leaf, [REDIS]).resources.includes(store),
  );
  const outputs = named.flatMap(outputsOf).filter((output) => output !== "");
  if (!at.unknown || outputs.length === 0) return [];
  const messages: string[] = [];
  const isWorkload = resource.type.startsWith("gcp:cloudrun");
  const hasAuthority = outputs.some((output) => output.startsWith("serverCaCerts"));
  if (usesTls(store) === true && isWorkload && !hasAuthority)
    messages.push(`nothing gives the client serverCaCerts of ${store.name}, its own authority`);
  const hasPassword = outputs.includes("authString") || /:[^@]+@$/.test(before);
  if (store.at("authEnabled").boolean === true && !hasPassword)
    messages.push(`${store.name} wants a password, and the URL holds no authString`);
  return about(
    resource,
    messages.map((message) => violation(at, message)),
  );
}
