import { ofEach } from "../../../lib/deployability/each";
import { membersOf } from "../../../lib/deployability/gcp/grants";
import {
  backendsOf,
  isExternal,
  servicesBehind,
} from "../../../lib/deployability/gcp/load-balancer";
import { linked } from "../../../lib/deployability/gcp/named";
import {
  INVOKER_BINDING,
  INVOKER_MEMBER,
  NEG,
  RUN_SERVICE,
} from "../../../lib/deployability/gcp/types";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

const ANYBODY = /^(allUsers|allAuthenticatedUsers)$|@gcp-sa-iap\.iam\.gserviceaccount\.com$/;

export const rule = deployability({
  id: "gcp-cloudrun-invoker",
  title: "A service behind a public load balancer may be invoked by its visitors",
  fails: {
    when: "runtime",
    effect: "broken",
    answer: "every request answers 403 Forbidden: Your client does not have permission to get URL.",
  },
  fix: "Grant roles/run.invoker to allUsers with a ServiceIamMember, or set invokerIamDisabled to true; the load balancer adds no identity of its own.",
  source: "https://cloud.google.com/run/docs/authenticating/public",
  checkStack: ofEach([RUN_SERVICE], (service, graph): Report[] => {
    const ingress = service.at("ingress");
    const isEdge =
      ingress.isWord("INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER") || isBehindPublic(graph, service);
    const off = service.at("invokerIamDisabled");
    if (!isEdge || off.boolean === true || service.at("iapEnabled").boolean === true) return [];
    const grants = invokersOf(graph, service);
    const members = grants.flatMap(membersOf);
    if (members.some((member) => ANYBODY.test(member.text ?? member.suffix))) return [];
    const [unknown] = [off, ...members].filter((value) => value.unknown && value.prefix === "");
    if (unknown !== undefined) return [undecided(unknown)];
    const message =
      grants.length === 0
        ? "it serves a load balancer, and nothing lets visitors invoke it"
        : `it serves a load balancer, and ${grants[0]?.name ?? ""} lets only some accounts invoke it`;
    return [violation(service.props, message)];
  }),
});

/** Where Google's identity-aware proxy stands before it, that is who invokes it. */
function isBehindPublic(graph: Graph, service: Resource): boolean {
  return graph
    .ofType(NEG)
    .filter((neg) => servicesBehind(graph, neg).includes(service))
    .flatMap((neg) => backendsOf(graph, neg))
    .some((backend) => isExternal(backend));
}

function invokersOf(graph: Graph, service: Resource): Resource[] {
  return graph.ofType(INVOKER_MEMBER, INVOKER_BINDING).filter((grant) => {
    const role = grant.at("role");
    const isInvoker = role.unknown || role.isWord("roles/run.invoker", "roles/run.admin");
    return isInvoker && linked(graph, grant, grant.at("name"), RUN_SERVICE).resource === service;
  });
}
