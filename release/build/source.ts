import { execFileSync } from "node:child_process";
import { UsageError } from "../error";

/** Where the content of an image comes from. */
export interface Source {
  /** Last commit that changed the build context. */
  readonly revision: string;
  /** Repository that holds it, without credentials; undefined for one that was never pushed. */
  readonly repository?: string;
}

/**
 * The commit of a build context. Changes of other folders leave it as it is, so that they are no reason
 * for another image. What is not committed is refused: nobody could find it again.
 */
export function sourceOf(image: string, context: string): Source {
  const git = (...args: string[]): string => {
    try {
      return execFileSync("git", ["-C", context, ...args], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      }).trim();
    } catch (error) {
      const words = String((error as { stderr?: string }).stderr ?? error).trim();
      throw new UsageError(`${image}: ${context} cannot be traced to a commit: ${words}`);
    }
  };
  const revision = git("log", "-1", "--format=%H", "--", ".");
  if (revision === "") {
    throw new UsageError(`${image}: ${context} is in no commit; commit it, then release`);
  }
  const changes = git("status", "--porcelain", "--", ".");
  if (changes !== "") {
    throw new UsageError(
      `${image}: ${context} has changes that are in no commit (${changes.split("\n")[0]?.trim()}); commit them, then release`,
    );
  }
  const remotes = git("remote").split("\n").filter(Boolean);
  const remote = remotes.includes("origin") ? "origin" : remotes[0];
  if (remote === undefined) return { revision };
  return { revision, repository: withoutCredentials(git("remote", "get-url", remote)) };
}

/** `https://token@host/…` is a common way to clone, and a label is readable for everybody. */
const withoutCredentials = (url: string): string => url.replace(/^(\w+:\/\/)[^/@]*@/, "$1");
