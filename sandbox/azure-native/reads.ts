import { CloudError } from "../lib/table";
import type { FunctionRule } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";

/** `azure-native:network:getPublicIPAddress` shows what a `PublicIPAddress` of the named group shows. */
export function readOf(token: string): FunctionRule | undefined {
  const [, module, type] = /^azure-native:([^:]+):get([A-Z]\w*)$/.exec(token) ?? [];
  if (module === undefined || type === undefined) return undefined;
  return (args, { cloud }) => {
    const { resourceGroupName: group, ...names } = args as Record<string, Plain>;
    const last = Object.values(names).at(-1) as string | undefined;
    const found = cloud
      .all(`azure-native:${module}:${type}`)
      .find(({ id }) => isNamed(id, String(group ?? last), group === undefined ? undefined : last));
    if (found === undefined) {
      throw new CloudError(
        `ResourceNotFound: The Resource '${type}/${String(last ?? group)}' under resource group '${String(group)}' was not found.`,
      );
    }
    return { ...(plain(found.outputs) as Plain), id: found.id };
  };
}

/** Names in ids have no case. */
function isNamed(id: string, group: string, name: string | undefined): boolean {
  const parts = id.toLowerCase().split("/");
  if (!parts.includes(group.toLowerCase())) return false;
  return name === undefined || parts.at(-1) === name.toLowerCase();
}
