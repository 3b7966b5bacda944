import type { HttpsEdgeSpec, RateLimit, Waf } from "../../components/https-edge";
import { greaterThanPattern, pathPattern, prefixPattern } from "./edge-patterns";
import { alphanumeric } from "./names";

/** One rule of a firewall, before it is put into the words of Front Door or of a gateway. */
export interface FirewallRule {
  readonly name: string;
  readonly action: "Block" | "Allow";
  /** What is compared: the address of the connection, the address that is asked for, or a header. */
  readonly on: "connection" | "uri" | "Content-Length";
  /** Networks, or regular expressions. */
  readonly values: readonly string[];
  /** Matches what fits none of the values. */
  readonly negate?: boolean;
  /** Matches only what comes more often than this, by address of the connection. */
  readonly rate?: { readonly minutes: 1 | 5; readonly requests: number };
}

/** Both firewalls count over one or five minutes; the rate stays what was asked for. */
export function rateWindow({
  requests,
  windowSeconds,
}: RateLimit): NonNullable<FirewallRule["rate"]> {
  const minutes = windowSeconds >= 300 ? 5 : 1;
  return { minutes, requests: Math.max(1, Math.round((requests * minutes * 60) / windowSeconds)) };
}

/** Everything but the managed rules, in the order it is asked: whom, what, how large, how often. */
export function firewallRules(spec: HttpsEdgeSpec, waf: Waf | undefined): FirewallRule[] {
  const { allowedNetworks = [], blockedPaths = [], maxBodyBytes, rateLimits = [] } = spec;
  const rules: FirewallRule[] = [];
  if (allowedNetworks.length > 0) {
    // The address of the connection: what a client claims in a header does not count.
    rules.push({
      name: "OtherNetworks",
      action: "Block",
      on: "connection",
      values: allowedNetworks,
      negate: true,
    });
  }
  if (blockedPaths.length > 0) {
    rules.push({
      name: "BlockedPaths",
      action: "Block",
      on: "uri",
      values: blockedPaths.map(pathPattern),
    });
  }
  if (maxBodyBytes !== undefined) {
    rules.push({
      name: "BodyTooLarge",
      action: "Block",
      on: "Content-Length",
      values: [greaterThanPattern(maxBodyBytes)],
    });
  }
  // The narrow limits first: the first rule that counts a request too many answers it.
  const limits = [...rateLimits].sort((a, b) => b.pathPrefix.length - a.pathPrefix.length);
  for (const [index, limit] of limits.entries()) {
    rules.push({
      name: `Rate${index + 1}${alphanumeric(limit.pathPrefix)}`,
      action: "Block",
      on: "uri",
      values: [prefixPattern(limit.pathPrefix)],
      rate: rateWindow(limit),
    });
  }
  if (waf?.uninspected && waf.uninspected.length > 0) {
    // Allow ends the evaluation: the managed rules, which come after these, are not asked.
    rules.push({
      name: "Uninspected",
      action: "Allow",
      on: "uri",
      values: waf.uninspected.map(prefixPattern),
    });
  }
  return rules;
}
