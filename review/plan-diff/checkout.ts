import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { InputError } from "../input/problem";

/** The word for the files as they lie in the working folder, committed or not. */
export const WORKING_FILES = ".";

/** A revision's files in a folder of their own. */
export interface Checkout {
  /** Folder of the project in it. */
  readonly project: string;
  /** The revision as it was asked for, and what it is. */
  readonly title: string;
  remove(): void;
}

/**
 * Lays the files of a revision beside the working folder. Packages are linked where the lockfile is the
 * same, and installed without running their scripts where it is another: a pull request's code gets no
 * chance to run before the program itself does.
 */
export function checkOut(project: string, revision: string): Checkout {
  let root: string;
  try {
    root = git(project, "rev-parse", "--show-toplevel");
  } catch {
    throw new InputError(`${project}: is no git repository, so there are no revisions to compare.`);
  }
  const folder = mkdtempSync(join(tmpdir(), "plan-diff-"));
  try {
    const title = revision === WORKING_FILES ? "working files" : archive(root, revision, folder);
    if (revision === WORKING_FILES) copyFiles(root, folder);
    const copy = join(folder, relative(root, project));
    if (!existsSync(join(copy, "Pulumi.yaml"))) {
      throw new InputError(`${revision}: has no Pulumi.yaml in ${relative(root, project) || "."}.`);
    }
    providePackages(project, copy);
    return { project: copy, title, remove: () => rmSync(folder, { recursive: true, force: true }) };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function archive(root: string, revision: string, folder: string): string {
  let commit: string;
  try {
    commit = git(
      root,
      "rev-parse",
      "--verify",
      "--quiet",
      "--end-of-options",
      `${revision}^{commit}`,
    );
  } catch {
    throw new InputError(
      `${revision}: is no revision of this repository; name a branch, a tag or a commit, or "." for the working files.`,
    );
  }
  const tar = join(folder, ".archive.tar");
  git(root, "archive", "--output", tar, commit);
  execFileSync("tar", ["--extract", "--file", tar, "--directory", folder]);
  rmSync(tar);
  return `${revision} (${commit.slice(0, 7)})`;
}

function copyFiles(root: string, folder: string): void {
  const listed = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard");
  for (const file of listed.split("\0").filter((name) => name && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
}

function providePackages(project: string, copy: string): void {
  const installed = join(project, "node_modules");
  if (existsSync(installed) && sameFile(project, copy, "package-lock.json")) {
    symlinkSync(installed, join(copy, "node_modules"));
    return;
  }
  if (!existsSync(join(copy, "package.json"))) return;
  const command = existsSync(join(copy, "package-lock.json")) ? "ci" : "install";
  try {
    execFileSync("npm", [command, "--ignore-scripts", "--no-audit", "--no-fund"], {
      cwd: copy,
      stdio: ["ignore", "ignore", "pipe"],
    });
  } catch (error) {
    const { stderr } = error as { stderr?: Buffer };
    throw new InputError(`npm ${command} failed:\n${String(stderr ?? error).trim()}`);
  }
}

function sameFile(one: string, other: string, name: string): boolean {
  const read = (folder: string): string | undefined =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : undefined;
  return read(one) === read(other);
}

function git(cwd: string, ...args: string[]): string {
  const text = execFileSync("git", args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return text.replace(/\n$/, "");
}
