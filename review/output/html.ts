import { controlReport } from "../control-report";
import { toMermaid } from "../network/mermaid";
import { networkPicture } from "../network/picture";
import { networkReport } from "../network/report";
import { networkRows, WORDS } from "../network/rows";
import { architecture } from "../picture/svg";
import {
  count,
  groupBy,
  sentenceOf,
  SEVERITIES,
  type ReviewFinding,
  type ReviewResult,
} from "../result";
import { STYLE } from "./html-style";
import { escape } from "./markup";
import { scope } from "./text";

/** The result as one page to file: no script, no asset from elsewhere, readable in print. */
export function toHtml(result: ReviewResult, now: Date): string {
  const title = `Review of ${result.plan.source}`;
  const sections: [id: string, heading: string, content: string][] = [
    ["summary", "Summary", summary(result)],
    ["picture", "Architecture", architecture(result)],
    ["network", "Who reaches what", network(result)],
    ["violations", "Violations by resource", byResource(result)],
    ["controls", "Findings by control", byControl(result)],
    ["coverage", "RayRay's NIST controls", coverage(result)],
    ["undecided", "What could not be told", undecided(result)],
    ["exemptions", "Exemptions", exemptions(result)],
    ["rules", "Rules asked", rules(result)],
  ];
  const links = sections.map(([id, heading]) => `<li><a href="#${id}">${escape(heading)}</a></li>`);
  const body = sections.map(
    ([id, heading, content]) =>
      `<section aria-labelledby="${id}"><h2 id="${id}">${escape(heading)}</h2>\n${content}</section>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><style>${STYLE}</style></head>
<body><a class="skip" href="#summary">To the summary</a>
<header><h1>${escape(title)}</h1><p>${escape(scope(result))}. Made on <time>${now.toISOString().slice(0, 16)}Z</time>.</p></header>
<nav aria-label="Contents"><ul>${links.join("")}</ul></nav>
<main>
${body.join("\n")}
</main></body></html>
`;
}

function table(caption: string, heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((text) => `<th scope="col">${escape(text)}</th>`).join("");
  return `<table><caption>${escape(caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${rows.join("\n")}\n</tbody></table>\n`;
}

function summary({ violations, undecided, exempted, decisions, plan }: ReviewResult): string {
  const figures = [
    ...SEVERITIES.map((severity): [string, number] => [
      severity,
      violations.filter((item) => item.severity === severity).length,
    ]),
    ["cannot be told yet", undecided.length] as const,
    ["exempt", exempted.length] as const,
  ].map(([label, number]) => `<li><strong>${number}</strong> ${escape(label)}</li>`);
  const notes = plan.notes.map((note) => `<p><strong>Note:</strong> ${escape(note)}</p>`);
  const clean = decisions.length === 0 ? "Nothing was checked." : "No violations.";
  const verdict = violations.length === 0 ? clean : `${count(violations.length, "violation")}.`;
  return `<p><strong>${verdict}</strong></p><ul class="figures">${figures.join("")}</ul>${notes.join("")}`;
}

function network({ plan }: ReviewResult): string {
  const report = networkReport(plan);
  if (report.nodes.length === 0) return "<p>No workload or store is in the plan.</p>";
  const rows = networkRows(report).map(
    (row) =>
      `<tr><td>${escape(row.from)}</td><td>${escape(row.to)}</td><td>${escape(row.ports)}</td><td>${row.meant ? "yes" : "no"}</td><td>${WORDS[row.verdict]}</td><td>${escape(row.because)}</td></tr>`,
  );
  const heads = ["From", "To", "TCP", "Meant", "Possible", "Because"];
  const listed = table(
    "Who can open a connection to whom, decided from the plan alone.",
    heads,
    rows,
  );
  const source = `<details><summary>The picture as Mermaid</summary><pre>${escape(toMermaid(report))}</pre></details>`;
  return networkPicture(report, plan.source) + listed + source;
}

function byResource({ violations }: ReviewResult): string {
  if (violations.length === 0) return "<p>None.</p>";
  return [...groupBy(violations, (finding) => finding.urn).values()]
    .map((group) => {
      const [first] = group as [ReviewFinding];
      const place =
        first.position === undefined ? "" : ` (${first.position.file}:${first.position.line})`;
      const rows = group.map(
        (finding) =>
          `<tr><td class="${finding.severity}">${finding.severity}</td><td><code>${escape(finding.rule)}</code><br>${escape(finding.title)}</td><td>${escape(sentenceOf(finding))}</td><td>${escape(finding.fix)}</td></tr>`,
      );
      const heading = `<h3>${escape(first.name || first.urn)} <code>${escape(first.type)}</code>${escape(place)}</h3>`;
      return heading + table(first.urn, ["Severity", "Rule", "What is wrong", "Fix"], rows);
    })
    .join("");
}

function byControl(result: ReviewResult): string {
  const pairs = result.violations.flatMap((finding) =>
    finding.controls.map((control) => ({ control, finding })),
  );
  if (pairs.length === 0) return "<p>No control has a violation.</p>";
  const groups = [...groupBy(pairs, (pair) => pair.control)].sort(([a], [b]) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
  const rows = groups.map(([control, list]) => {
    const rules = [...groupBy(list, (pair) => pair.finding.rule)].map(
      ([rule, same]) =>
        `<code>${escape(rule)}</code>: ${escape([...new Set(same.map(({ finding }) => finding.name || finding.urn))].join(", "))}`,
    );
    return `<tr><th scope="row">${escape(control)}</th><td>${list.length}</td><td>${rules.join("<br>")}</td></tr>`;
  });
  return table(
    "Violations of each control; one violation may belong to several controls.",
    ["Control", "Violations", "Rules and resources"],
    rows,
  );
}

function coverage(result: ReviewResult): string {
  const rows = controlReport(result).map(({ id, title, status, requirements }) => {
    const lines = requirements.map(
      ({ met, text, because }) => `${met ? "yes" : "no"}: ${escape(text)} (${escape(because)})`,
    );
    return `<tr><th scope="row">NIST-${id}<br>${escape(title)}</th><td>${status}</td><td>${lines.join("<br>")}</td></tr>`;
  });
  return table(
    "What the resources show of each control, whatever this page is limited to.",
    ["Control", "Status", "Evidence"],
    rows,
  );
}

function undecided({ undecided: findings }: ReviewResult): string {
  if (findings.length === 0) return "<p>Every question was decided.</p>";
  const rows = findings.map(
    (finding) =>
      `<tr><td><code>${escape(finding.rule)}</code></td><td>${escape(finding.name || finding.urn)} <code>${escape(finding.type)}</code></td><td>${escape(sentenceOf(finding))}</td></tr>`,
  );
  return table(
    "Neither passed nor failed: the value was not known.",
    ["Rule", "Resource", "What is unknown"],
    rows,
  );
}

function exemptions({ exempted }: ReviewResult): string {
  if (exempted.length === 0) return "<p>None was used.</p>";
  const rows = exempted.map(
    (finding) =>
      `<tr><td><code>${escape(finding.rule)}</code></td><td>${escape(finding.name || finding.urn)}: ${escape(sentenceOf(finding))}</td><td>${escape(finding.exemption.owner)}</td><td>${escape(finding.exemption.reason)}</td><td>${escape(finding.exemption.expires)}</td></tr>`,
  );
  return table(
    "Violations somebody accepted for a time.",
    ["Rule", "Finding", "Owner", "Reason", "Expires"],
    rows,
  );
}

function rules({ rules: asked, decisions }: ReviewResult): string {
  const byRule = groupBy(decisions, (decision) => decision.rule);
  const rows = asked.map((rule) => {
    const answers = byRule.get(rule.id) ?? [];
    const number = (verdict: string): number =>
      answers.filter((item) => item.verdict === verdict).length;
    return `<tr><td><code>${escape(rule.id)}</code><br>${escape(rule.title)}</td><td>${rule.severity}</td><td>${number("pass")}</td><td>${number("violation")}</td><td>${number("undecided")}</td></tr>`;
  });
  return table(
    "Answers per rule, in resources; violations include exempt ones.",
    ["Rule", "Severity", "Passed", "Violation", "Cannot tell"],
    rows,
  );
}
