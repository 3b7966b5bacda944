import {
  groupBy,
  sentenceOf,
  type ReviewExempted,
  type ReviewFinding,
  type ReviewResult,
} from "../result";
import { escape } from "./markup";
import { locationOf } from "./location";

interface Case {
  readonly urn: string;
  readonly body: string;
  readonly outcome: "pass" | "failure" | "skipped";
}

/** The result as JUnit XML: a suite per rule, a test per resource the rule was asked about. */
export function toJunit(result: ReviewResult): string {
  const cases = groupBy(casesOf(result), (item) => item.rule);
  const suites = [...cases].map(([rule, items]) => suite(rule, items));
  const all = [...cases.values()].flat();
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="Portolan review" ${totals(all)}>\n${suites.join("")}</testsuites>\n`;
}

function suite(rule: string, cases: readonly Case[]): string {
  const lines = cases.map(({ urn, body }) => {
    const head = `    <testcase classname="${escape(rule)}" name="${escape(urn)}" time="0"`;
    return body === "" ? `${head}/>\n` : `${head}>${body}</testcase>\n`;
  });
  return `  <testsuite name="${escape(rule)}" ${totals(cases)}>\n${lines.join("")}  </testsuite>\n`;
}

function totals(cases: readonly Case[]): string {
  const number = (outcome: Case["outcome"]): number =>
    cases.filter((item) => item.outcome === outcome).length;
  return `tests="${cases.length}" failures="${number("failure")}" errors="0" skipped="${number("skipped")}"`;
}

function casesOf(result: ReviewResult): (Case & { rule: string })[] {
  const keyOf = ({ rule, urn }: { rule: string; urn: string }): string => `${rule}\n${urn}`;
  const failed = groupBy(result.violations, keyOf);
  const exempt = groupBy(result.exempted, keyOf);
  const open = groupBy(result.undecided, keyOf);
  // Findings on another resource than the one asked, and those about exemptions, belong to no decision.
  const keys = new Map(
    result.decisions.map((item) => [keyOf(item), { rule: item.rule, urn: item.urn }]),
  );
  for (const finding of [...result.violations, ...result.exempted, ...result.undecided]) {
    keys.set(keyOf(finding), { rule: finding.rule, urn: finding.urn });
  }
  return [...keys].map(([key, item]) => {
    const violations = failed.get(key);
    if (violations !== undefined)
      return { ...item, outcome: "failure", body: failure(violations, result.plan.file) };
    const skipped = exempt.get(key)?.map(exemptText) ?? open.get(key)?.map(sentenceOf);
    if (skipped === undefined) return { ...item, outcome: "pass", body: "" };
    return {
      ...item,
      outcome: "skipped",
      body: `<skipped message="${escape(skipped.join("; "))}"/>`,
    };
  });
}

function failure(findings: readonly ReviewFinding[], file: string): string {
  const [first] = findings as [ReviewFinding];
  const place = locationOf(first, file);
  const text = [
    ...findings.map(sentenceOf),
    `Fix: ${first.fix}`,
    ...(place === undefined ? [] : [`${place.file}:${place.line}`]),
  ].join("\n");
  return `<failure type="${escape(first.severity)}" message="${escape(first.title)}">${escape(text)}</failure>`;
}

function exemptText({ exemption }: ReviewExempted): string {
  return `exempt until ${exemption.expires} (${exemption.owner}: ${exemption.reason})`;
}
