import type { NetworkReport } from "./report";
import { networkRows, WORDS } from "./rows";

/** The network for a terminal: one line per way. */
export function toNetworkText(report: NetworkReport): string {
  const rows = networkRows(report).map((row) => [
    row.from,
    row.to,
    row.ports,
    row.meant ? "meant" : "not meant",
    WORDS[row.verdict],
    row.because,
  ]);
  if (rows.length === 0) return "No workload or store is in the plan.\n";
  const all = [["from", "to", "TCP", "meant", "possible", "because"], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...all.map((cells) => (cells[column] as string).length)),
  );
  const lines = all.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}
