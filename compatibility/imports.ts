import fs from "node:fs";
import { builtinModules, createRequire } from "node:module";
import path from "node:path";
import ts from "typescript";
import { ROOT } from "./places";

/** Packages, or parts of them, that a program imports, itself or in files of its own, and that Portolan does not have. */
export function foreignPackages(entry: string): string[] {
  const files = new Set<string>();
  const missing = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const name of importsOf(file)) {
      const own = name.startsWith(".") ? resolveOwn(path.resolve(path.dirname(file), name)) : name;
      if (own !== name) {
        if (own !== undefined) visit(own);
      } else if (!isInstalled(packageOf(name))) missing.add(packageOf(name));
      else if (!resolves(name)) missing.add(name);
    }
  };
  visit(entry);
  return [...missing].sort();
}

/** What is imported for more than its types: a transpiler leaves the rest out. */
function importsOf(file: string): string[] {
  const source = ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const from = importedBy(node);
    if (from !== undefined && ts.isStringLiteral(from)) found.push(from.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function importedBy(node: ts.Node): ts.Expression | undefined {
  if (ts.isImportDeclaration(node))
    return node.importClause?.isTypeOnly === true ? undefined : node.moduleSpecifier;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly ? undefined : node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (!ts.isCallExpression(node)) return undefined;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === "require";
  return isRequire || node.expression.kind === ts.SyntaxKind.ImportKeyword
    ? node.arguments[0]
    : undefined;
}

function resolveOwn(base: string): string | undefined {
  const candidates = [`${base}.ts`, path.join(base, "index.ts"), base];
  return candidates.find((file) => file.endsWith(".ts") && fs.existsSync(file));
}

const packageOf = (name: string): string =>
  name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");

/** Whether Portolan has a package, or Node.js itself. */
export function isInstalled(name: string): boolean {
  return (
    builtinModules.includes(name.replace(/^node:/, "")) ||
    fs.existsSync(path.join(ROOT, "node_modules", name))
  );
}

/** Parts of an SDK come and go with its versions. */
function resolves(name: string): boolean {
  if (packageOf(name) === name || name.startsWith("node:")) return true;
  try {
    createRequire(path.join(ROOT, "package.json")).resolve(name);
    return true;
  } catch {
    return false;
  }
}
