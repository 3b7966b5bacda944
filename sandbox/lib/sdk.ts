import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { CloudObject } from "./store";
import type { Draft, Rule, TypeTable } from "./table";
import { plain } from "./values";

/**
 * A table for a type nobody wrote one for, read from the SDK the program has installed: which outputs there are, of
 * what kind, which are secret, and which inputs its documentation says force a new resource.
 */
export function tableFromSdk(sdk: string, type: string, folders: readonly string[]): TypeTable {
  const file = sourceOf(sdk, type, folders);
  if (file === undefined) return {};
  const code = fs.readFileSync(file, "utf8");
  const declarations = fs.readFileSync(file.replace(/\.js$/, ".d.ts"), "utf8");
  const names = [...code.matchAll(/resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g)];
  const outputs: Record<string, Rule> = {};
  for (const [, name = ""] of names) outputs[name] = plausible(name, declarations);
  const secrets = /additionalSecretOutputs: (\[[^\]]*\])/.exec(code)?.[1] ?? "[]";
  return {
    outputs,
    secrets: JSON.parse(secrets) as string[],
    replaceOn: forcesNew(declarations),
    json: documents(declarations),
    protection: protectedBy,
  };
}

/** `aws:rds/instance:Instance` is `rds/instance.js`; packages without file part say `Instance.js` in lower camel case. */
function sourceOf(sdk: string, type: string, folders: readonly string[]): string | undefined {
  const [, module = "", name = ""] = type.split(":");
  const [folder = "", given] = module.split("/");
  const file = given ?? name.charAt(0).toLowerCase() + name.slice(1);
  for (const from of folders) {
    try {
      const root = path.dirname(
        createRequire(path.join(from, "x.js")).resolve(`${sdk}/package.json`),
      );
      const candidates = [path.join(root, folder, `${file}.js`), path.join(root, `${file}.js`)];
      const found = candidates.find((candidate) => fs.existsSync(candidate));
      if (found !== undefined) return found;
    } catch {
      // Not installed for this folder; the next one may have it.
    }
  }
  return undefined;
}

/** A value of the declared type; simulated and seen to be so. */
function plausible(name: string, declarations: string): Rule {
  const declared = new RegExp(`readonly ${name}: pulumi\\.Output<([^;]+)>;`).exec(
    declarations,
  )?.[1];
  if (declared === undefined) return `sandbox-${name}`;
  if (declared.startsWith("number")) return 0;
  if (declared.startsWith("boolean")) return false;
  if (declared.endsWith("[]")) return [];
  if (declared.startsWith("{")) return {};
  if (!declared.startsWith("string")) return undefined;
  if (name === "arn") return arnOf;
  return /[iI]d$/.test(name) ? "{id}" : `{id}-${name.toLowerCase()}`;
}

/** ARNs are the one thing that nearly every AWS program passes on. */
function arnOf(draft: Draft): string {
  const { partition = "aws", region = "", account = "" } = draft.place;
  const [, module = "", name = ""] = draft.type.split(":");
  const service = module.split("/")[0] ?? "";
  return `arn:${partition}:${service}:${region}:${account}:${name.toLowerCase()}/${draft.id}`;
}

/** Inputs that take a policy as an object, too. */
function documents(declarations: string): string[] {
  const found = argsOf(declarations).matchAll(
    /\b(\w+)\??: pulumi\.Input<[^;]*\binputs\.\w+\.PolicyDocument\b/g,
  );
  return [...new Set([...found].flatMap(([, name = ""]) => name))];
}

/** What services call their switch against deletion. */
function protectedBy({ type, id, outputs }: CloudObject): string | undefined {
  const on = ["deletionProtection", "deletionProtectionEnabled"].find(
    (name) => plain(outputs[name]) === true,
  );
  return on && `${type} '${id}' cannot be deleted while ${on} is true`;
}

/** Inputs of the args interface whose comment says that a change makes a new resource. */
function forcesNew(declarations: string): string[] {
  const found = argsOf(declarations).matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s+(\w+)\??:/g);
  return [...found].flatMap(([, comment = "", name = ""]) =>
    FORCES_NEW.test(comment) ? [name] : [],
  );
}

const argsOf = (declarations: string): string =>
  declarations.slice(declarations.lastIndexOf("Args {"));

const FORCES_NEW =
  /forces? (a |the )?(new|replacement|re-?creation)|(forces?|requires?|creates?|results? in) (a |creation of a )?new resource|new resource to be created|Changing this (\w+ )*(forces|creates|requires)/i;
