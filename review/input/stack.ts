import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Plan } from "./plan";
import { InputError } from "./problem";
import { readState } from "./state";

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** Longest wait for a backend, in milliseconds. */
const PATIENCE = 120_000;

/** Folder of the Pulumi project that a folder belongs to. */
export function projectFolder(from: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (PROJECT_FILES.some((name) => existsSync(join(folder, name)))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** The saved state of a stack: of the project's sandbox if it has one of this name, else of the backend Pulumi is logged in to. */
export function readStack(name: string, from: string): Plan {
  if (!/^[\w.-]+(\/[\w.-]+){0,2}$/.test(name)) {
    throw new InputError(
      `--stack ${name}: is not the name of a stack; write NAME or ORGANISATION/PROJECT/NAME.`,
    );
  }
  const folder = projectFolder(from);
  const saved = folder === undefined ? [] : sandboxStacks(folder);
  const own = saved.find((stack) => stack.name === name);
  if (own === undefined)
    return fromBackend(
      name,
      folder,
      saved.map((stack) => stack.name),
    );
  const content = readFileSync(own.file);
  const text = (own.file.endsWith(".gz") ? gunzipSync(content) : content).toString("utf8");
  const plan = readState(text, own.file, `sandbox stack ${name} (simulated cloud)`);
  return { ...plan, file: stackFile(folder, name) ?? "" };
}

/** Settings file of a stack, as a path from the project's folder; undefined where it has none. */
export function stackFile(folder: string | undefined, stack: string): string | undefined {
  const file = `Pulumi.${stack.split("/").pop()}.yaml`;
  return folder !== undefined && existsSync(join(folder, file)) ? file : undefined;
}

function sandboxStacks(folder: string): { name: string; file: string }[] {
  const root = join(folder, ".sandbox", "state", ".pulumi", "stacks");
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((project) =>
      readdirSync(join(root, project.name)).map((file) => join(root, project.name, file)),
    )
    .flatMap((file) => {
      const stack = /([^/\\]+)\.json(\.gz)?$/.exec(file)?.[1];
      return stack === undefined ? [] : [{ name: stack, file }];
    });
}

function fromBackend(name: string, folder: string | undefined, saved: readonly string[]): Plan {
  const known =
    saved.length === 0 ? "The sandbox has no stack here" : `The sandbox has ${saved.join(", ")}`;
  let text: string;
  try {
    text = execFileSync("pulumi", ["stack", "export", "--stack", name, "--non-interactive"], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 2 ** 30,
      timeout: PATIENCE,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: string };
    const said = String(stderr ?? "")
      .trim()
      .split("\n")[0]
      ?.replace(/^error: /, "");
    const why =
      code === "ENOENT"
        ? "pulumi is not on the PATH to ask another backend"
        : `pulumi says: ${said || code}`;
    throw new InputError(
      `--stack ${name}: not found. ${known}; ${why}. Deploy it first, or give an export with --file.`,
    );
  }
  const plan = readState(
    text,
    `stack ${name}`,
    `stack ${name} (of the backend Pulumi is logged in to)`,
  );
  return { ...plan, file: stackFile(folder, name) ?? "" };
}
