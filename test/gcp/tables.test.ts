import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Service } from "../../sandbox/lib/table";
import { provider } from "../../sandbox/gcp/index";

const SDK = path.dirname(require.resolve("@pulumi/gcp/package.json"));

/** Type token -> text of the SDK's declaration file. */
function declarations(module: string): Map<string, string> {
  const folder = path.join(SDK, module);
  const found = new Map<string, string>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".js"))) {
    const token = /__pulumiType = '([^']+)'/.exec(
      readFileSync(path.join(folder, file), "utf8"),
    )?.[1];
    if (token)
      found.set(token, readFileSync(path.join(folder, file.replace(/js$/, "d.ts")), "utf8"));
  }
  return found;
}

/** Names of the inputs in a declaration file. */
function inputsOf(text: string): string[] {
  const args = text.slice(text.lastIndexOf("export interface"));
  return [...args.matchAll(/^ {4}(\w+)\??:/gm)].map(([, name]) => name ?? "");
}

const first = (property: string): string => property.split(/[.[]/)[0] ?? "";

describe.each(Object.keys(provider.services))("tables of %s", (module) => {
  let service: Service;
  const declared = declarations(module);
  beforeAll(async () => {
    const load = provider.services[module];
    if (!load) throw new Error("the module has no tables");
    service = await load();
  });

  test("describe types that the SDK has", () => {
    const unknown = Object.keys(service.types ?? {}).filter((token) => !declared.has(token));
    expect(unknown).toEqual([]);
  });

  test("name inputs that the types have", () => {
    const wrong = Object.entries(service.types ?? {}).flatMap(([token, table]) => {
      const inputs = inputsOf(declared.get(token) ?? "");
      const named = [
        ...(table.replaceOn ?? []),
        ...Object.keys(table.references ?? {}),
        ...Object.keys(table.defaults ?? {}),
        ...(table.name ? [table.name.property] : []),
        ...(table.sets ?? []),
      ];
      return named
        .map(first)
        .filter((name) => !inputs.includes(name))
        .map((name) => `${token} ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  test("compute outputs that the types have", () => {
    const wrong = Object.entries(service.types ?? {}).flatMap(([token, table]) => {
      const text = declared.get(token) ?? "";
      return Object.keys(table.outputs ?? {})
        .filter((output) => !new RegExp(`readonly ${output}:`).test(text))
        .map((output) => `${token} ${output}`);
    });
    expect(wrong).toEqual([]);
  });

  test("refer to types that have tables", async () => {
    const targets = Object.values(service.types ?? {}).flatMap((table) =>
      Object.values(table.references ?? {}).flatMap((text) => text.split("|")),
    );
    for (const target of targets.map((text) => text.split("#")[0] ?? "")) {
      const other = await provider.services[/^gcp:(\w+)\//.exec(target)?.[1] ?? ""]?.();
      expect(other?.types?.[target]).toBeDefined();
    }
  });
});
