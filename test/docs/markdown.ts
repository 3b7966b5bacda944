import fs from "node:fs";
import path from "node:path";

export const ROOT = path.resolve(__dirname, "../..");

/** One line of a `sh` block, and the headings it stands below. */
export interface Command {
  line: string;
  headings: string[];
}

/** The commands a page tells its reader to type. */
export function commandsOf(page: string): Command[] {
  const commands: Command[] = [];
  const headings: string[] = [];
  let fence: string | undefined;
  for (const line of fs.readFileSync(path.join(ROOT, page), "utf8").split("\n")) {
    if (line.startsWith("```")) {
      fence = fence === undefined ? line.slice(3).trim() : undefined;
    } else if (fence === "sh" && line.trim() !== "") {
      commands.push({ line: line.trim(), headings: headings.filter(Boolean) });
    } else if (fence === undefined) {
      const heading = /^(#+) (.*)$/.exec(line);
      const depth = heading?.[1]?.length ?? 0;
      if (heading) headings.splice(depth - 1, Infinity, heading[2] ?? "");
    }
  }
  return commands;
}
