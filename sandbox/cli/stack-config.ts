import { createHash, createHmac } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import * as yaml from "js-yaml";
import type { Project } from "./project";
import { StackKey } from "./stack-key";

type Config = Record<string, unknown>;

interface StackFile {
  config?: Config | null;
  encryptionsalt?: string;
}

/** What the copy was last made from; tells a local change from an outdated value. */
interface Origin {
  digest: string;
  generated: Config;
}

/**
 * Bring the sandbox's copy of a stack file up to date and return its path. The committed file is only read:
 * its `secure:` values, encrypted for the real stack, become placeholders; its secrets provider and environments,
 * which need an account, are left out. What `config set` changed in the copy stays changed.
 */
export function copyStackConfig(project: Project, stack: string, source: string): string {
  const copy = copyPath(project, stack, source);
  const originFile = `${copy}.origin.json`;
  const text = fs.existsSync(source) ? fs.readFileSync(source, "utf8") : "";
  const digest = createHash("sha256").update(text).digest("hex");
  const origin = readOrigin(originFile);
  if (origin?.digest === digest && fs.existsSync(copy)) return copy;

  const stackCopy = load(copyPath(project, stack, defaultSource(project, stack)));
  const current = load(copy);
  const salt = current.encryptionsalt ?? stackCopy.encryptionsalt;
  if (salt === undefined)
    throw new Error(
      `${copy}: the stack's encryption salt is missing; remove ${project.sandbox.root}`,
    );
  const generated = placeholders(project, stack, salt, parse(text, source).config ?? {});
  const config = merge(origin?.generated ?? {}, current.config ?? {}, generated);
  write(copy, yaml.dump({ encryptionsalt: salt, config }));
  write(originFile, JSON.stringify({ digest, generated } satisfies Origin));
  return copy;
}

/** The committed file of a stack. */
export function defaultSource(project: Project, stack: string): string {
  return path.join(project.configFolder, `Pulumi.${stack}.yaml`);
}

/** A stack has one copy per source file; `--config-file` must not disturb the usual one. */
function copyPath(project: Project, stack: string, source: string): string {
  if (path.resolve(source) === path.resolve(defaultSource(project, stack))) {
    return path.join(project.sandbox.config, `Pulumi.${stack}.yaml`);
  }
  const digest = createHash("sha256").update(path.resolve(source)).digest("hex").slice(0, 8);
  return path.join(project.sandbox.config, `Pulumi.${stack}.${digest}.yaml`);
}

/** Three-way merge per key: what a person changed in the copy wins over the source. */
function merge(generatedBefore: Config, current: Config, generated: Config): Config {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  const merged: Config = { ...generated };
  for (const [key, value] of Object.entries(current)) {
    if (!same(value, generatedBefore[key])) merged[key] = value;
  }
  // What was generated before and is missing now has been removed by `config rm`.
  const removed = Object.keys(generatedBefore).filter((key) => !(key in current));
  return Object.fromEntries(Object.entries(merged).filter(([key]) => !removed.includes(key)));
}

function placeholders(project: Project, stack: string, salt: string, config: Config): Config {
  const passphrase = fs.readFileSync(project.sandbox.passphraseFile, "utf8").trim();
  let key: StackKey | undefined;
  const replace = (value: unknown, place: string): unknown => {
    if (Array.isArray(value))
      return value.map((item, index) => replace(item, `${place}[${index}]`));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    if (entries.length === 1 && entries[0]?.[0] === "secure") {
      key ??= new StackKey(passphrase, salt);
      const word = createHmac("sha256", passphrase).update(`${stack}\n${place}`).digest("hex");
      return { secure: key.encrypt(`sandbox-placeholder-${word.slice(0, 32)}`) };
    }
    return Object.fromEntries(
      entries.map(([name, item]) => [name, replace(item, `${place}.${name}`)]),
    );
  };
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [name, replace(value, name)]),
  );
}

function load(file: string): StackFile {
  return fs.existsSync(file) ? parse(fs.readFileSync(file, "utf8"), file) : {};
}

function parse(text: string, file: string): StackFile {
  // The parser takes a file without a document for a mistake; a stack without settings is none.
  if (text.split("\n").every((line) => /^\s*(#.*)?$/.test(line))) return {};
  try {
    return (yaml.load(text) ?? {}) as StackFile;
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

function readOrigin(file: string): Origin | undefined {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as Origin) : undefined;
}

function write(file: string, text: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(draft, text, { mode: 0o600 });
  fs.renameSync(draft, file);
}
