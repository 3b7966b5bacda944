import { createHash } from "node:crypto";
import type { Location, Log, ReportingDescriptor, Result } from "sarif";
import type { Rule } from "../../policy/lib/rule";
import { version } from "../../policy/package.json";
import { controlIds } from "../control-ids";
import { sentenceOf, type ReviewExempted, type ReviewFinding, type ReviewResult } from "../result";
import { locationOf } from "./location";

const LEVELS = { critical: "error", high: "error", medium: "warning", low: "note" } as const;

/** The number code scanning services sort by, in the middle of each of their bands. */
const SCORES = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" } as const;

/** The result as SARIF 2.1.0. What cannot be told is `open`, what is exempt is suppressed with its justification. */
export function toSarif(result: ReviewResult): Log {
  const index = new Map(result.rules.map((rule, position) => [rule.id, position]));
  const seen = new Map<string, number>();
  const make = (finding: ReviewFinding): Result => ({
    ruleId: finding.rule,
    ruleIndex: index.get(finding.rule),
    kind: "fail",
    level: LEVELS[finding.severity],
    message: { text: `${finding.title}. ${sentenceOf(finding)}. Fix: ${finding.fix}` },
    locations: [locationsOf(finding, result.plan.file)],
    partialFingerprints: { "portolanRuleAndResource/v1": fingerprint(finding, seen) },
    properties: {
      severity: finding.severity,
      enforcementLevel: finding.level,
      controls: finding.controls,
    },
  });
  const results = [
    ...result.violations.map(make),
    ...result.undecided.map((finding): Result => ({
      ...make(finding),
      kind: "open",
      level: "none",
    })),
    ...result.exempted.map((finding): Result => ({
      ...make(finding),
      suppressions: [suppressionOf(finding)],
    })),
  ];
  const notifications = result.plan.notes.map((text) => ({
    level: "warning" as const,
    message: { text },
  }));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Portolan review", version, rules: result.rules.map(describe) } },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications }],
        results,
      },
    ],
  };
}

function describe(rule: Rule): ReportingDescriptor {
  const fix = Object.entries(rule.fix).map(([cloud, text]) => `${cloud}: ${text}`);
  return {
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: `${rule.title}. ${rule.why}` },
    help: { text: fix.join("\n") },
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: {
      "security-severity": SCORES[rule.severity],
      tags: ["security", rule.category, rule.profile, ...controlIds(rule.controls)],
    },
  };
}

function locationsOf(finding: ReviewFinding, fallback: string): Location {
  const place = locationOf(finding, fallback);
  const logicalLocations = [
    { name: finding.name || finding.urn, fullyQualifiedName: finding.urn, kind: "resource" },
  ];
  if (place === undefined) return { logicalLocations };
  const uri = place.file.split(/[\\/]/).map(encodeURIComponent).join("/");
  return {
    physicalLocation: {
      artifactLocation: uri.startsWith("/")
        ? { uri: `file://${uri}` }
        : { uri, uriBaseId: "%SRCROOT%" },
      region: { startLine: place.line, startColumn: place.column },
    },
    logicalLocations,
  };
}

/** Stays the same while lines move and messages are reworded; a number tells several findings of one property apart. */
function fingerprint({ rule, urn, path }: ReviewFinding, seen: Map<string, number>): string {
  const key = `${rule}\n${urn}\n${path}`;
  const earlier = seen.get(key) ?? 0;
  seen.set(key, earlier + 1);
  return createHash("sha256").update(`${key}\n${earlier}`).digest("hex").slice(0, 32);
}

function suppressionOf({ exemption }: ReviewExempted): NonNullable<Result["suppressions"]>[number] {
  return {
    kind: "external",
    status: "accepted",
    justification: `${exemption.reason} (${exemption.owner}, until ${exemption.expires})`,
  };
}
