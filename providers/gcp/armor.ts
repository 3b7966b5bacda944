import type { HttpsEdgeSpec, RateLimit, Waf } from "../../components/https-edge";
import { addressRules } from "./armor-addresses";
import { chunks, MOST_PARTS, quoted, type ArmorRule } from "./armor-language";

/** The first rule that matches decides, so what refuses comes before what lets through. */
const PRIORITY = { blocked: 100, body: 200, waf: 300, uninspected: 400, rates: 1000 } as const;

/** OWASP core rule sets by subject, three to an expression. Level 1 has the fewest false alarms. */
const RULE_SETS: readonly (readonly string[])[] = [
  ["sqli-v33-stable", "xss-v33-stable", "rce-v33-stable"],
  ["lfi-v33-stable", "rfi-v33-stable", "protocolattack-v33-stable"],
  ["scannerdetection-v33-stable", "sessionfixation-v33-stable", "cve-canary"],
];
const SENSITIVITY = 1;

type Protection = Pick<
  HttpsEdgeSpec,
  "allowedNetworks" | "blockedPaths" | "rateLimits" | "maxBodyBytes"
> & { readonly waf?: Waf };

export function armorRules(spec: Protection): ArmorRule[] {
  return [
    ...blockedRules(spec.blockedPaths ?? []),
    ...bodyRules(spec.maxBodyBytes),
    ...wafRules(spec.waf),
    ...addressRules(spec.allowedNetworks ?? [], sorted(spec.rateLimits ?? []), PRIORITY.rates),
  ];
}

/** Rules count for themselves: the longest prefix must be asked first. */
const sorted = (limits: readonly RateLimit[]): RateLimit[] =>
  [...limits].sort((a, b) => b.pathPrefix.length - a.pathPrefix.length);

function blockedRules(patterns: readonly string[]): ArmorRule[] {
  return chunks(patterns, MOST_PARTS).map((group, index) => ({
    action: "deny(404)",
    priority: PRIORITY.blocked + index,
    description: "Not routed",
    match: { expr: { expression: group.map(pathTest).join(" || ") } },
  }));
}

/** `/internal/*` is a prefix, anything else the path itself. Percent-encoding is undone first. */
function pathTest(pattern: string): string {
  const path = "request.path.lower().urlDecode()";
  const text = pattern.toLowerCase();
  return text.endsWith("*")
    ? `${path}.startsWith(${quoted(text.slice(0, -1))})`
    : `${path} == ${quoted(text)}`;
}

/** Cloud Armor has no 413, and it cannot count a body that does not say its length. */
function bodyRules(maxBodyBytes?: number): ArmorRule[] {
  if (maxBodyBytes === undefined) return [];
  const length = "request.headers['content-length']";
  return [
    {
      action: "deny(403)",
      priority: PRIORITY.body,
      description: `Bodies of more than ${maxBodyBytes} bytes`,
      match: { expr: { expression: `has(${length}) && int(${length}) > ${maxBodyBytes}` } },
    },
  ];
}

function wafRules(waf?: Waf): ArmorRule[] {
  if (!waf?.managedRules) return [];
  const preview = waf.mode === "count";
  const prefixes = waf.uninspected ?? [];
  const uploads = `request.path.matches(${quoted(`^(${prefixes.map(escaped).join("|")})`)})`;
  const rule = (sets: readonly string[], priority: number, only?: string): ArmorRule => ({
    action: "deny(403)",
    priority,
    preview,
    description: `OWASP rules: ${sets.join(", ")}`,
    match: { expr: { expression: both(only, sets.map(evaluate)) } },
  });
  const everywhere = RULE_SETS.map((sets, index) =>
    rule(sets, PRIORITY.waf + index, prefixes.length > 0 ? `!${uploads}` : undefined),
  );
  if (prefixes.length === 0) return everywhere;
  const withoutBodies = RULE_SETS.map((sets, index) => ({
    ...rule(sets, PRIORITY.uninspected + index, uploads),
    preconfiguredWafConfig: {
      exclusions: sets.map((targetRuleSet) => {
        return { targetRuleSet, requestBodies: [{ operator: "EQUALS_ANY" }] };
      }),
    },
  }));
  return [...everywhere, ...withoutBodies];
}

const evaluate = (set: string): string =>
  `evaluatePreconfiguredWaf('${set}', {'sensitivity': ${SENSITIVITY}})`;

const both = (condition: string | undefined, any: readonly string[]): string =>
  condition ? `${condition} && (${any.join(" || ")})` : any.join(" || ");

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
