import { errorsIn } from "../review/plan-diff/sandbox";

/** A violation as Pulumi's CLI prints it: level, maybe severity, rule, type and name. */
const MANDATORY = /\[mandatory\](?: \[[^\]]*\])?\s+(\S+)\s+\(([^)]*)\)/g;
const LONGEST = 1500;

/** What a failed command says in one line: the rules that refused it, else the engine's errors. */
export function problemsIn(text: string): string {
  const rules = [...text.matchAll(MANDATORY)].map(([, rule, where]) => `${rule} (${where})`);
  const errors = errorsIn(text).map((each) => each.replace(/\s+/g, " "));
  const all = rules.length > 0 ? [`refused by the policies: ${rules.join(", ")}`] : errors;
  return all.join("; ").slice(0, LONGEST);
}
