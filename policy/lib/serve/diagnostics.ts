import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import type { Level } from "../config";
import type { Outcome } from "../engine";
import type { Finding } from "../finding";
import { severityOf, toLevel } from "./info";

/** The lines the engine prints and counts. */
export function diagnostics(
  outcome: Outcome,
  pack: { name: string; version: string },
): messages.AnalyzeDiagnostic[] {
  const make = (finding: Finding, level: Level, message: string): messages.AnalyzeDiagnostic => {
    const diagnostic = new messages.AnalyzeDiagnostic();
    diagnostic.setPolicyname(finding.rule);
    diagnostic.setPolicypackname(pack.name);
    diagnostic.setPolicypackversion(pack.version);
    diagnostic.setDescription(finding.title);
    diagnostic.setMessage(message);
    diagnostic.setEnforcementlevel(toLevel(level));
    diagnostic.setSeverity(severityOf(finding.severity));
    // An exemption has no resource of its own: its finding hangs on the stack.
    if (finding.type !== "exemption") diagnostic.setUrn(finding.urn);
    return diagnostic;
  };
  return [
    ...outcome.violations.map((finding) =>
      make(finding, finding.level, `${finding.title}.\n${sentence(finding)}\nFix: ${finding.fix}`),
    ),
    ...mergeUndecided(outcome.undecided).map((finding) =>
      make(finding, "advisory", finding.message),
    ),
    ...outcome.exempted.map((finding) => {
      const { expires, owner, reason } = finding.exemption;
      return make(
        finding,
        "advisory",
        `exempt until ${expires} (${owner}: ${reason}): ${sentence(finding)}`,
      );
    }),
  ];
}

function sentence(finding: Finding): string {
  return finding.path === "" ? finding.message : `${finding.path}: ${finding.message}`;
}

/**
 * One line per mandatory rule and resource, however many properties are unknown. What advisory rules cannot tell about
 * a resource comes in one line that names them: a first preview of a stack has many unknown documents. So does what
 * rules on deployability cannot tell: there are many of them for one resource, and the update will tell anyway.
 */
function mergeUndecided(findings: readonly Finding[]): Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const alone = finding.level === "mandatory" && finding.category !== "deployability";
    const key = `${alone ? finding.rule : finding.category === "deployability"} ${finding.urn}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].map(mergeGroup);
}

function mergeGroup(group: readonly Finding[]): Finding {
  const first = group[0] as Finding;
  const messages = [...new Set(group.map((finding) => finding.message))];
  const others = [...new Set(group.map((finding) => finding.rule))].filter(
    (rule) => rule !== first.rule,
  );
  const also = others.length === 0 ? "" : ` (also for ${others.join(", ")})`;
  return { ...first, message: `${messages.join("\n")}${also}` };
}
