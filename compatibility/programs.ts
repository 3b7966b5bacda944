import fs from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { foreignPackages, isInstalled } from "./imports";
import { ROOT } from "./places";

/** A Pulumi program of somebody else, found below a folder. */
export interface Program {
  /** Its place below the folder, with slashes; the folder's own name where it is the program itself. */
  readonly name: string;
  /** Folder of the whole example: what the program names with `../` lies there. */
  readonly example: string;
  /** Place of Pulumi.yaml below that. */
  readonly inside: string;
  /** Settings that the project asks whoever starts it, and their defaults. */
  readonly template: Readonly<Record<string, Setting>>;
  /** Packages of clouds that it was written for in another major version, as `@pulumi/docker 4`. */
  readonly writtenFor: readonly string[];
  /** Why it cannot run here: another language, packages that Portolan does not have. */
  readonly unfit?: string;
}

/** A setting as a project's template describes it. */
export interface Setting {
  readonly default?: unknown;
  readonly secret?: boolean;
}

interface Project {
  readonly main?: string;
  readonly runtime?: string | { readonly name?: string };
  readonly template?: { readonly config?: Record<string, Setting | null> };
}

/** Every Pulumi program below a folder, by name. */
export function findPrograms(folder: string): Program[] {
  const root = path.resolve(folder);
  return fs
    .readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "Pulumi.yaml" && !file.includes("node_modules"))
    .map((file) => describeProgram(root, path.dirname(file)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function describeProgram(root: string, place: string): Program {
  const [first = "."] = place.split(path.sep);
  const example = path.join(root, first);
  const folder = path.join(root, place);
  const project = load(fs.readFileSync(path.join(folder, "Pulumi.yaml"), "utf8")) as Project;
  const config = project.template?.config ?? {};
  const manifest = readManifest(path.join(folder, "package.json"));
  const unfit = reasonAgainst(folder, project, manifest);
  return {
    name: place === "." ? path.basename(root) : place.split(path.sep).join("/"),
    ...{ example, inside: path.relative(example, folder) },
    template: Object.fromEntries(Object.entries(config).map(([key, value]) => [key, value ?? {}])),
    writtenFor: otherMajors(manifest),
    ...(unfit === undefined ? {} : { unfit }),
  };
}

interface Manifest {
  readonly type?: string;
  readonly main?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function readManifest(file: string): Manifest {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as Manifest) : {};
}

const majorOf = (version: string | undefined): string | undefined => /\d+/.exec(version ?? "")?.[0];

function otherMajors({ dependencies = {} }: Manifest): string[] {
  const own = readManifest(path.join(ROOT, "package.json")).dependencies ?? {};
  return Object.entries(dependencies).flatMap(([name, version]) => {
    const [major, ours] = [majorOf(version), majorOf(own[name])];
    return major === undefined || ours === undefined || major === ours ? [] : [`${name} ${major}`];
  });
}

function reasonAgainst(
  folder: string,
  project: Project,
  { type, main = "" }: Manifest,
): string | undefined {
  const runtime = typeof project.runtime === "string" ? project.runtime : project.runtime?.name;
  if (runtime !== "nodejs") return `is no TypeScript: runtime ${runtime ?? "unknown"}`;
  const start = path.join(folder, project.main ?? "");
  const entry = [start, path.join(start, main), path.join(start, "index.ts")].find(
    (file) => file.endsWith(".ts") && fs.existsSync(file),
  );
  if (entry === undefined) return "is no TypeScript: no index.ts";
  // The SDK runs such programs by the ts-node that the project has, which our projects do without.
  if (type === "module" && !isInstalled("ts-node")) return "is an ES module: needs ts-node";
  const missing = foreignPackages(entry);
  return missing.length === 0 ? undefined : `needs ${missing.join(", ")}`;
}
