import { existsSync, readFileSync } from "node:fs";
import { InputError } from "../input/problem";
import { GitHub } from "./client";
import type { Environment } from "./report";
import { stickyIssue } from "./sticky";

/** GitHub refuses issues over 65,536 characters. */
const LIMIT = 50_000;

/**
 * Keeps one issue about what the given files say; a file that is not there has nothing to say, and without
 * any the issue is closed. Returns what was done, in words.
 */
export async function issue(
  [name, title, ...files]: readonly string[],
  env: Environment,
): Promise<string> {
  const { GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token } = env;
  if (!name || !title || !repository || !token) {
    throw new InputError(
      "a name, a title, GITHUB_REPOSITORY and GITHUB_TOKEN are needed; this runs in a workflow.",
    );
  }
  const found = files.filter((file) => existsSync(file));
  const parts = found.map((file) => block(file, Math.floor(LIMIT / found.length)));
  const github = new GitHub(repository, token, env.GITHUB_API_URL);
  const done = await stickyIssue(
    github,
    name,
    title,
    found.length > 0 ? parts.join("\n\n") : undefined,
  );
  return `issue ${name}: ${done}`;
}

/** The end of a text is where its summary stands. */
function block(file: string, length: number): string {
  const text = readFileSync(file, "utf8").replace(/`{3,}/g, "``");
  return `\`\`\`text\n${text.length > length ? `…${text.slice(-length)}` : text}\n\`\`\``;
}
