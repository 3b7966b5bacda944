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

/** One line per rule and resource, however many properties are unknown. */
function mergeUndecided(findings: readonly Finding[]): Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.urn}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].map((group) => {
    const first = group[0] as Finding;
    const paths = [...new Set(group.map((finding) => finding.path))];
    if (paths.length === 1) return first;
    return {
      ...first,
      message: `cannot tell yet: ${paths.join(", ")} are unknown until the update`,
    };
  });
}
