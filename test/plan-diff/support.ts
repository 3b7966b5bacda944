import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Plan } from "../../review/input/plan";
import type { StackDiff } from "../../review/plan-diff/compare";
import { compareStack, deployBase, inheritSandbox } from "../../review/plan-diff/diff";
import { toMarkdown } from "../../review/plan-diff/output/markdown";

/** An edit of a project's files, as a pull request would bring it. */
export type Edit = (
  read: (file: string) => string,
  write: (file: string, text: string) => void,
) => void;

/** One deployed base, and what edits of it would do. */
export class Bench {
  private readonly base: Plan | undefined;
  private readonly project: string;
  private readonly stack: string;

  constructor(project: string, stack: string) {
    this.project = project;
    this.stack = stack;
    this.base = deployBase(project, { stack });
  }

  /** What an edit does to the stack. */
  diff(edit: Edit): StackDiff {
    const head = fs.mkdtempSync(path.join(os.tmpdir(), "plan-diff-test-"));
    try {
      for (const entry of fs.readdirSync(this.project)) {
        const [from, to] = [path.join(this.project, entry), path.join(head, entry)];
        if (entry === "node_modules") fs.symlinkSync(fs.realpathSync(from), to);
        else if (entry !== ".sandbox") fs.cpSync(from, to, { recursive: true });
      }
      inheritSandbox(this.project, head);
      edit(
        (file) => fs.readFileSync(path.join(head, file), "utf8"),
        (file, text) => fs.writeFileSync(path.join(head, file), text),
      );
      return compareStack(this.base, head, { stack: this.stack }, {});
    } finally {
      fs.rmSync(head, { recursive: true, force: true });
    }
  }
}

/** Replaces a text that must be there, so that an edit that no longer fits is noticed. */
export const replace =
  (file: string, text: string, by: string): Edit =>
  (read, write) => {
    const content = read(file);
    if (!content.includes(text)) throw new Error(`${file} has no "${text}"`);
    write(
      file,
      content.replace(text, () => by),
    );
  };

/** The comment as it would be posted, without what differs from run to run. */
export function comment(diff: StackDiff): string {
  return (
    toMarkdown("base", "head", [diff])
      .replace(/\b[0-9a-f]{7}(?=-\d{10}\b)/g, "0000000")
      .replace(/-[0-9a-f]{7}\b/g, "-0000000")
      .replace(/\b(sg|vpc|subnet|eni|sgr|vpce|rtb|igw|nat)-[0-9a-f]{17}\b/g, "$1-0")
      .replace(/\b\d{10}\b/g, "0000000000")
      // How much else there is says nothing about the change.
      .replace(/\b\d+ unchanged/g, "N unchanged")
      .replace(/\| (\d+) \| (\d+) \|/g, (_row, before: string, after: string) => {
        const more = Number(after) - Number(before);
        return `| n | n ${more < 0 ? "-" : "+"} ${Math.abs(more)} |`;
      })
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "0-0-0-0-0")
  );
}
