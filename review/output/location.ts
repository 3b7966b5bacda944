import type { ReviewFinding } from "../result";

/** Where a tool shows a finding: the program line, or the file the stack or plan came from. */
export function locationOf(
  finding: ReviewFinding,
  fallback: string,
): { file: string; line: number; column?: number } | undefined {
  if (finding.position !== undefined) return finding.position;
  return fallback === "" || fallback === "-" ? undefined : { file: fallback, line: 1 };
}
