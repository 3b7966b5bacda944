import { ofEach } from "../../../lib/deployability/each";
import { linked } from "../../../lib/deployability/gcp/named";
import {
  ADDRESS,
  BACKEND,
  FORWARDING,
  HTTP_PROXY,
  HTTPS_PROXY,
  URL_MAP,
} from "../../../lib/deployability/gcp/types";
import { valuesAt } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

/** Where a URL map names backend services. */
const SERVICES = [
  "defaultService",
  "defaultRouteAction.weightedBackendServices[].backendService",
  "pathMatchers[].defaultService",
  "pathMatchers[].pathRules[].service",
  "pathMatchers[].routeRules[].service",
];

export const rule = deployability({
  id: "gcp-lb-scheme-match",
  title: "A forwarding rule has the load balancing scheme of its backend services",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "400: the forwarding rule's load balancing scheme does not match the one of the backend service.",
  },
  fix: "Set the same loadBalancingScheme (EXTERNAL_MANAGED) on the forwarding rule and every backend service; left out it is EXTERNAL. The reserved address is EXTERNAL.",
  source: "https://cloud.google.com/load-balancing/docs/https",
  checkStack: ofEach([FORWARDING], (forwarding, graph) => [
    ...checkSchemes(graph, forwarding),
    ...checkAddress(graph, forwarding),
  ]),
});

function checkSchemes(graph: Graph, forwarding: Resource): Report[] {
  const scheme = forwarding.at("loadBalancingScheme");
  const proxy = linked(
    graph,
    forwarding,
    forwarding.at("target"),
    HTTPS_PROXY,
    HTTP_PROXY,
  ).resource;
  const map = proxy && linked(graph, proxy, proxy.at("urlMap"), URL_MAP).resource;
  if (map === undefined) return [];
  const services = SERVICES.flatMap((path) => valuesAt(map.props, path)).flatMap(
    (at) => graph.links(map, at, [BACKEND]).resources,
  );
  return [...new Set(services)].flatMap((backend): Report[] => {
    const theirs = backend.at("loadBalancingScheme");
    const [unknown] = [scheme, theirs].filter((value) => value.unknown);
    if (unknown !== undefined) return [undecided(unknown)];
    const [own, other] = [schemeOf(scheme.text), schemeOf(theirs.text)];
    return own === other
      ? []
      : [violation(scheme, `the rule is ${own}, and its backend service ${backend.name} ${other}`)];
  });
}

function schemeOf(text: string | undefined): string {
  return text === undefined || text === "" ? "EXTERNAL" : text.toUpperCase();
}

function checkAddress(graph: Graph, forwarding: Resource): Report[] {
  const at = forwarding.at("ipAddress");
  const address = linked(graph, forwarding, at, ADDRESS).resource;
  const isExternal = schemeOf(forwarding.at("loadBalancingScheme").text).startsWith("EXTERNAL");
  return isExternal && address?.at("addressType").isWord("INTERNAL") === true
    ? [violation(at, `${address.name} is an internal address, and the rule serves the internet`)]
    : [];
}
