import fs from "node:fs";
import path from "node:path";
import type { Resource } from "./resources";
import { literal, nameOf } from "./resources";

/** A program's source files, by name. */
export type Program = Record<string, string>;

/** What differs between two ways to write the same resources. */
interface Style {
  /** Import lines of the SDK packages that these types need. */
  imports(types: string[]): string[];
  /** The constructor of a type, as source text. */
  constructorOf(type: string): string;
}

/** `aws:rds/instance:Instance` in its parts. */
function parts(type: string): { pkg: string; module: string; file: string; name: string } {
  const [pkg = "", middle = "", name = ""] = type.split(":");
  const [module = "", file = ""] = middle.split("/");
  return { pkg, module, file, name };
}

const variable = (type: string): string => type.replace(/\W/g, "_");

/** One file of the SDK for each type. */
const deep: Style = {
  imports: (types) =>
    types.map((type) => {
      const { pkg, module, file, name } = parts(type);
      const from =
        module === "index" ? `@pulumi/${pkg}/${file}` : `@pulumi/${pkg}/${module}/${file}`;
      return `const { ${name}: ${variable(type)} } = require("${from}");`;
    }),
  constructorOf: variable,
};

/** The official template's way: the whole package under its name. */
const root: Style = {
  imports: (types) =>
    [...new Set(types.map((type) => parts(type).pkg))].map(
      (pkg) => `import * as ${pkg} from "@pulumi/${pkg}";`,
    ),
  constructorOf: (type) => {
    const { pkg, module, name } = parts(type);
    return module === "index" ? `${pkg}.${name}` : `${pkg}.${module}.${name}`;
  },
};

const isSdk = (type: string): boolean =>
  !type.startsWith("portolan:") && !type.startsWith("pulumi:");

/** The statements that register the resources in the order of the preview, which puts parents and dependencies first. */
function statements(resources: Resource[], style: Style): string[] {
  const variables = new Map<string, string>();
  return resources.map((resource, index) => {
    const name = JSON.stringify(nameOf(resource));
    const parent = variables.get(resource.parent ?? "");
    const options = parent ? `{ parent: ${parent} }` : "{}";
    const own = `r${index}`;
    const make = (): string => {
      if (resource.type === "pulumi:pulumi:StackReference") {
        return "new pulumi.StackReference(`organization/${pulumi.getProject()}/${pulumi.getStack()}`)";
      }
      if (!resource.custom) {
        return `new pulumi.ComponentResource(${JSON.stringify(resource.type)}, ${name}, {}, ${options})`;
      }
      const inputs = Object.entries(resource.inputs ?? {}).filter(([key]) => key !== "__defaults");
      const fields = inputs.map(([key, value]) => {
        const needed = resource.propertyDependencies?.[key] ?? [];
        const target = needed.map((urn) => variables.get(urn)).find((found) => found !== undefined);
        return `${JSON.stringify(key)}: ${literal(value, target && `${target}.id`)}`;
      });
      return `new ${style.constructorOf(resource.type)}(${name}, { ${fields.join(", ")} }, ${options})`;
    };
    const line = `const ${own} = ${make()};`;
    // A component has no id that a property could take.
    if (resource.custom || !isSdk(resource.type)) variables.set(resource.urn, own);
    return line;
  });
}

function source(resources: Resource[], style: Style, pulumi: string): string {
  const types = [...new Set(resources.map(({ type }) => type).filter(isSdk))].sort();
  return [pulumi, ...style.imports(types), ...statements(resources, style), ""].join("\n");
}

const project = (name: string, runtime: string): string => `name: ${name}\nruntime:\n${runtime}`;

/** No resource at all: what the engine and the language host cost. */
export function emptyProgram(): Program {
  const runtime = "  name: nodejs\n  options:\n    typescript: false\n";
  return { "Pulumi.yaml": project("bench-empty", runtime), "index.js": "" };
}

/** Plain JavaScript, deep imports. */
export function plainProgram(resources: Resource[]): Program {
  const runtime = "  name: nodejs\n  options:\n    typescript: false\n";
  return {
    "Pulumi.yaml": project("bench-plain", runtime),
    "index.js": source(resources, deep, 'const pulumi = require("@pulumi/pulumi");'),
  };
}

/** TypeScript with root imports, type-checked by the default ts-node at every start, as the official template has it. */
export function templateProgram(resources: Resource[]): Program {
  const compilerOptions = {
    strict: true,
    outDir: "bin",
    target: "es2020",
    module: "commonjs",
    moduleResolution: "node",
    sourceMap: true,
    experimentalDecorators: true,
    pretty: true,
    noFallthroughCasesInSwitch: true,
    noImplicitReturns: true,
    forceConsistentCasingInFileNames: true,
  };
  return {
    "Pulumi.yaml": project("bench-template", "  name: nodejs\n"),
    "tsconfig.json": JSON.stringify({ compilerOptions, files: ["index.ts"] }, null, 2),
    "index.ts": source(resources, root, 'import * as pulumi from "@pulumi/pulumi";'),
  };
}

/** Writes a program into a folder of its own and gives that folder. */
export function write(folder: string, program: Program, config: string): string {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const main = "index.ts" in program ? "index.ts" : "index.js";
  const files = {
    ...program,
    "package.json": JSON.stringify({ name: path.basename(folder), private: true, main }),
    "Pulumi.bench.yaml": config,
  };
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  return folder;
}
