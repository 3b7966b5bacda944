import type { RateLimit } from "../../components/https-edge";
import { chunks, MOST_PARTS, quoted, type ArmorRule } from "./armor-language";

const LAST = 2147483647;
/** Networks of one rule that matches addresses and nothing else. */
const MOST_NETWORKS = 10;

/**
 * Who may come, and how often. A rate rule lets through what stays below it, and nothing after it is
 * asked any more; so with an allowlist each rate rule names the allowed networks itself.
 */
export function addressRules(
  networks: readonly string[],
  limits: readonly RateLimit[],
  start: number,
): ArmorRule[] {
  const rules: Omit<ArmorRule, "priority">[] = [];
  for (const limit of limits) {
    for (const match of matches(networks, limit.pathPrefix)) rules.push(rateRule(limit, match));
  }
  const counted = limits.some(({ pathPrefix }) => pathPrefix === "/");
  if (networks.length > 0 && !counted) {
    for (const srcIpRanges of chunks(networks, MOST_NETWORKS)) {
      rules.push({
        action: "allow",
        description: "Allowed networks",
        match: byAddress(srcIpRanges),
      });
    }
  }
  return [
    ...rules.map((rule, index) => ({ ...rule, priority: start + index })),
    {
      action: networks.length > 0 ? "deny(403)" : "allow",
      priority: LAST,
      description: networks.length > 0 ? "Everybody else" : "Everybody",
      match: byAddress(["*"]),
    },
  ];
}

const byAddress = (srcIpRanges: string[]): ArmorRule["match"] => ({
  versionedExpr: "SRC_IPS_V1",
  config: { srcIpRanges },
});

/** The conditions under which a limit counts: the whole host needs no expression. */
function matches(networks: readonly string[], prefix: string): ArmorRule["match"][] {
  if (prefix === "/") {
    return (networks.length > 0 ? chunks(networks, MOST_NETWORKS) : [["*"]]).map(byAddress);
  }
  const path = `request.path.startsWith(${quoted(prefix)})`;
  if (networks.length === 0) return [{ expr: { expression: path } }];
  return chunks(networks, MOST_PARTS - 1).map((group) => {
    const from = group.map((network) => `inIpRange(origin.ip, ${quoted(network)})`);
    return { expr: { expression: `${path} && (${from.join(" || ")})` } };
  });
}

function rateRule(
  { pathPrefix, requests, windowSeconds }: RateLimit,
  match: ArmorRule["match"],
): Omit<ArmorRule, "priority"> {
  return {
    action: "throttle",
    description: `${requests} requests in ${windowSeconds} s below ${pathPrefix}`,
    match,
    rateLimitOptions: {
      conformAction: "allow",
      exceedAction: "deny(429)",
      enforceOnKey: "IP",
      rateLimitThreshold: { count: requests, intervalSec: windowSeconds },
    },
  };
}
