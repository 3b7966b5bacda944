import { count, sentenceOf } from "../../result";
import type { Change, PropertyChange } from "../changes";
import type { StackDiff } from "../compare";
import { stops, summaryOf } from "./summary";

/** GitHub refuses comments over 65,536 characters; a little room for what is put around. */
const LIMIT = 60_000;

/** A comment of a pull request. Where it gets too long, details go first and the summary never. */
export function toMarkdown(base: string, head: string, diffs: readonly StackDiff[]): string {
  const title = `### Plan of ${code(head)} against ${code(base)}`;
  const rows = diffs.map(
    (diff) => `| ${code(diff.stack)} | ${stops(diff) ? "❌" : "✅"} | ${cell(summaryOf(diff))} |`,
  );
  const table = ["| stack | | what changes |", "| --- | --- | --- |", ...rows].join("\n");
  const foot =
    "Made on the real Pulumi engine against **simulated** clouds: no account, no secret, no real resource.";
  let rest = LIMIT - title.length - table.length - foot.length;
  const details = diffs.map((diff) => {
    const text = cut(detailsOf(diff), Math.max(0, rest));
    rest -= text.length;
    return text;
  });
  return `${[title, table, ...details.filter(Boolean), foot].join("\n\n")}\n`;
}

/** Whole lines up to a length, and how many are missing. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const lines = text.split("\n");
  const kept: string[] = [];
  let used = 200;
  for (const line of lines) {
    used += line.length + 1;
    if (used > length) break;
    kept.push(line);
  }
  if (kept.length === 0) return "";
  const open = kept.filter((line) => line.startsWith("<details")).length;
  const closed = kept.filter((line) => line === "</details>").length;
  return [
    ...kept,
    "",
    `… ${count(lines.length - kept.length, "more line")}: the whole plan is in the artefact.`,
    ...Array.from({ length: open - closed }, () => "</details>"),
  ].join("\n");
}

function detailsOf(diff: StackDiff): string {
  const { changes, findings, connections, inventory, errors } = diff;
  const loud = changes.filter(({ kind }) => kind === "deleted" || kind === "replaced");
  const quiet = changes.filter(({ kind }) => kind === "updated" || kind === "created");
  const parts = [
    errors.length > 0 ? ["**Cannot be deployed**", fence(errors.join("\n"))] : [],
    loud.length > 0 ? ["**Deleted and replaced**", ...loud.map(line)] : [],
    findings.added.length > 0
      ? [
          "**New findings**",
          ...findings.added.map(
            (finding) =>
              `- ${finding.level === "mandatory" ? "❌" : "⚠️"} ${code(finding.rule)} ${code(finding.name)}: ${prose(sentenceOf(finding))} _${prose(finding.fix)}_`,
          ),
        ]
      : [],
    connections.added.length > 0
      ? ["**Can newly connect**", ...connections.added.map((each) => `- ${prose(each)}`)]
      : [],
    quiet.length > 0
      ? folded(
          `${count(quiet.length, "resource")} updated or created, ${diff.unchanged} unchanged`,
          quiet.map(line),
        )
      : [],
    findings.removed.length > 0
      ? folded(
          `${count(findings.removed.length, "finding")} fixed`,
          findings.removed.map(({ rule, name }) => `- ${code(rule)} ${code(name)}`),
        )
      : [],
    connections.removed.length > 0
      ? folded(
          "Can no longer connect",
          connections.removed.map((each) => `- ${prose(each)}`),
        )
      : [],
    inventory.length > 0
      ? folded("Number of resources", [
          "| type | before | after |",
          "| --- | --- | --- |",
          ...inventory.map((row) => `| ${code(row.type)} | ${row.before} | ${row.after} |`),
        ])
      : [],
  ].filter((part) => part.length > 0);
  if (parts.length === 0) return "";
  return [`#### ${code(diff.stack)}`, ...parts.map((part) => part.join("\n"))].join("\n\n");
}

/** `**replaced, with data**` is what must not be overlooked. */
function line(change: Change): string {
  const loses = change.data && (change.kind === "deleted" || change.kind === "replaced");
  const what = loses ? `**${change.kind.toUpperCase()}, WITH ITS DATA**` : change.kind;
  const head = `- ${what} ${code(change.name)} (${code(change.type)})`;
  return [head, ...change.properties.map((each) => `  - ${property(each)}`)].join("\n");
}

function property({ path, before, after, replaces }: PropertyChange): string {
  const values = `${before === undefined ? "_unset_" : code(before)} → ${after === undefined ? "_unset_" : code(after)}`;
  return `${code(path)}: ${values}${replaces ? " **(replaces)**" : ""}`;
}

function folded(title: string, lines: readonly string[]): string[] {
  return [`<details><summary>${prose(title)}</summary>`, "", ...lines, "", "</details>"];
}

/** Text as code: longer ticks than any inside, on one line. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${ticks}${pad}${text.replace(/\s+/g, " ").replaceAll("|", "\\|")}${pad}${ticks}`;
}

const fence = (text: string): string => `\`\`\`\`text\n${text.replace(/`{4,}/g, "```")}\n\`\`\`\``;

/** Words of others: no markup, no mention of people, no link of theirs. */
function prose(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]<>#|~]/g, "\\$&")
    .replaceAll("@", "@\u200b")
    .replace(/:\/\//g, ":\u200b//");
}

const cell = (text: string): string => prose(text);
