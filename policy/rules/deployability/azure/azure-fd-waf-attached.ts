import {
  DOMAIN,
  ENDPOINT,
  ROUTE,
  SECURITY_POLICY,
  WAF_POLICY,
} from "../../../lib/deployability/azure/types";
import { ofEach } from "../../../lib/deployability/each";
import { valuesAt } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

export const rule = deployability({
  id: "azure-fd-waf-attached",
  title: "A firewall policy covers every endpoint and domain of the Front Door",
  fails: {
    when: "runtime",
    effect: "insecure",
    answer: "the update is green, and no firewall stands before the edge.",
  },
  fix: "List the endpoint and its custom domains in parameters.associations of a SecurityPolicy, with patternsToMatch /*.",
  source: "https://learn.microsoft.com/azure/frontdoor/how-to-configure-endpoints",
  checkStack: {
    types: [ENDPOINT, DOMAIN],
    run: (graph, context) => {
      // Whether there should be a firewall at all is another rule's question.
      const policies = graph.ofType(SECURITY_POLICY);
      if (graph.ofType(WAF_POLICY).length === 0 && policies.length === 0) return [];
      return [
        ...ofEach([ENDPOINT], (endpoint) =>
          isLinked(graph, endpoint) ? checkCovered(graph, endpoint) : [],
        ).run(graph, context),
        ...ofEach([DOMAIN], (domain) =>
          graph.referrers(domain, ROUTE).length > 0 ? checkCovered(graph, domain) : [],
        ).run(graph, context),
      ];
    },
  },
});

/** An endpoint whose routes all serve custom domains only has no way in of its own. */
function isLinked(graph: Graph, endpoint: Resource): boolean {
  const routes = graph
    .ofType(ROUTE)
    .filter((route) =>
      graph.links(route, route.at("endpointName"), [ENDPOINT]).resources.includes(endpoint),
    );
  if (endpoint.at("enabledState").isWord("Disabled")) return false;
  return (
    routes.length === 0 ||
    routes.some((route) => !route.at("linkToDefaultDomain").isWord("Disabled"))
  );
}

function checkCovered(graph: Graph, part: Resource): Report[] {
  let unknown: Report | undefined;
  for (const policy of graph.ofType(SECURITY_POLICY)) {
    const associations = policy.at("parameters.associations");
    for (const association of associations.each) {
      const domains = valuesAt(association, "domains[].id");
      const links = domains.map((at) => ({ at, ...graph.links(policy, at, [part.type]) }));
      if (links.some(({ resources }) => resources.includes(part))) {
        const patterns = association.at("patternsToMatch");
        if (patterns.unknown || patterns.absent) return [];
        if (patterns.each.some((one) => one.unknown || one.text === "/*")) return [];
        return [violation(part.props, `${policy.name} covers only some of its paths`)];
      }
      const open = links.find(
        ({ at, resources }) =>
          at.unknown && graph.links(policy, at).resources.length + resources.length === 0,
      );
      if (open !== undefined) unknown = undecided(open.at);
    }
  }
  return [unknown ?? violation(part.props, "no SecurityPolicy of the plan covers it")];
}
