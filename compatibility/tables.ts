import { Catalogue } from "../sandbox/lib/catalogue";
import type { PackageTable } from "../sandbox/lib/table";

/** Types of which the sandbox has no table of its own: their inputs are echoed, with what their SDK says of outputs. */
export async function untabled(types: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const type of types) {
    const [name = ""] = type.split(":");
    const { provider } = (await import(`../sandbox/${name}/index`)) as { provider: PackageTable };
    const catalogue = new Catalogue(provider, () => Promise.resolve({}));
    const known = await catalogue.known(provider.canonical?.(type) ?? type);
    if (known === undefined) found.push(type);
  }
  return found;
}
