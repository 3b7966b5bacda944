import { ofEach } from "../../../lib/deployability/each";
import { isExternal } from "../../../lib/deployability/gcp/load-balancer";
import { linked } from "../../../lib/deployability/gcp/named";
import { ARMOR, ARMOR_RULE, BACKEND } from "../../../lib/deployability/gcp/types";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

const DEFAULT_PRIORITY = 2147483647;
const MOST_RANGES = 10;

export const rule = deployability({
  id: "gcp-cloud-armor-attached",
  title: "A Cloud Armor policy stands before every public backend, and its rules hold",
  fails: {
    when: "runtime",
    effect: "insecure",
    answer: "the update is green, and no firewall stands before the backend.",
  },
  fix: "Set securityPolicy of every external backend service (edgeSecurityPolicy for CLOUD_ARMOR_EDGE), end the rules with priority 2147483647 for '*', and take preview off.",
  source: "https://cloud.google.com/armor/docs/security-policy-overview",
  check: { [ARMOR]: checkRules },
  checkStack: {
    types: [ARMOR, BACKEND],
    run: (graph, context) => [
      ...ofEach([BACKEND], (backend) => checkBackend(graph, backend)).run(graph, context),
      ...ofEach([ARMOR], (policy) => checkUsed(graph, policy)).run(graph, context),
    ],
  },
});

function checkRules(policy: Resource): Report[] {
  const rules = policy.at("rules");
  if (rules.unknown) return [undecided(rules)];
  if (rules.items.length === 0) return [];
  const priorities = rules.items.map((rule) => rule.at("priority"));
  const reports: Report[] = [];
  const isKnown = !priorities.some((priority) => priority.unknown);
  if (isKnown && !priorities.some((priority) => priority.number === DEFAULT_PRIORITY))
    reports.push({
      ...violation(rules, `no rule has priority ${DEFAULT_PRIORITY}, the default`),
      answer: "400: Security policy must have a default rule.",
    });
  const again = priorities.find(
    (one, index) =>
      one.number !== undefined &&
      priorities.findIndex((other) => other.number === one.number) < index,
  );
  if (again !== undefined)
    reports.push({
      ...violation(again, `two rules have priority ${again.number}`),
      answer: "400: Cannot have rules with the same priorities.",
    });
  return [...reports, ...rules.items.flatMap(checkRanges), ...checkPreview(rules)];
}

function checkRanges(rule: Value): Report[] {
  const ranges = rule.at("match.config.srcIpRanges");
  return ranges.each.length > MOST_RANGES
    ? [
        {
          ...violation(ranges, `${ranges.each.length} ranges in one rule, ${MOST_RANGES} at most`),
          answer: "400: srcIpRanges must have at most 10 entries.",
        },
      ]
    : [];
}

/** The default rule is not what guards; where all others only look, nothing does. */
function checkPreview(rules: Value): Report[] {
  const guards = rules.items.filter((rule) => rule.at("priority").number !== DEFAULT_PRIORITY);
  const isLooking =
    guards.length > 0 && guards.every((rule) => rule.at("preview").boolean === true);
  return isLooking ? [violation(rules, "every rule is in preview, so none is enforced")] : [];
}

/** Whether there should be a policy at all is another rule's question. */
function checkBackend(graph: Graph, backend: Resource): Report[] {
  const policies = graph.ofType(ARMOR).filter(isForBackends);
  const at = backend.at("securityPolicy");
  const scheme = backend.at("loadBalancingScheme");
  if (policies.length === 0 || (at.present && at.text !== "")) return [];
  if (scheme.unknown) return [undecided(scheme)];
  return isExternal(backend)
    ? [
        violation(
          at,
          `it serves the internet, and ${policies[0]?.name ?? ""} does not stand before it`,
        ),
      ]
    : [];
}

function isForBackends(policy: Resource): boolean {
  const kind = policy.at("type");
  return kind.absent || kind.isWord("CLOUD_ARMOR", "");
}

function checkUsed(graph: Graph, policy: Resource): Report[] {
  const users = graph
    .referrers(policy)
    .filter(({ type }) => type !== ARMOR_RULE && type.startsWith("gcp:"));
  if (users.length > 0) return [];
  const backends = graph.ofType(BACKEND);
  const [open] = backends.map((one) => one.at("securityPolicy")).filter((value) => value.unknown);
  const named = backends.some(
    (one) => linked(graph, one, one.at("securityPolicy"), ARMOR).resource === policy,
  );
  if (named) return [];
  if (open !== undefined) return [undecided(open)];
  return [violation(policy.props, "no backend of the plan names this policy")];
}
