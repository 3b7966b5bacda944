import { CloudError } from "../lib/table";
import type { CloudView, Draft, NameRule, TypeTable } from "../lib/table";
import type { CloudObject } from "../lib/store";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";

export const GROUP = "azure-native:resources:ResourceGroup";
const LOCK = "azure-native:authorization:ManagementLockByScope";

/** Automatic names: the logical name and eight hex digits, without anything between. */
export const named = (property: string, max: number, rule: Partial<NameRule> = {}): NameRule => ({
  property,
  max,
  auto: { separator: "", suffix: 8 },
  within: ["resourceGroupName"],
  ...rule,
});

interface ArmType extends TypeTable {
  /** ARM type, e.g. `Microsoft.App/jobs`; a child's has more than one slash. */
  readonly arm: string;
  /** Inputs that name the parents of a child, outermost first. */
  readonly parents?: readonly string[];
  /** Types of children that keep it from being deleted. */
  readonly children?: readonly string[];
  readonly name: NameRule;
}

/** A resource that lives in a resource group, or in a parent inside one. */
export function arm(row: ArmType): TypeTable {
  const { arm: type, parents = [], children = [], ...table } = row;
  const [namespace = "", ...collections] = type.split("/");
  const steps = collections.map((collection, index) => {
    const parent = parents[index];
    return `${collection}/${parent === undefined ? "{name}" : `{in.${parent}}`}`;
  });
  // Names are unique inside a group only, so a parent is found by its id and not by its name.
  const byName = parents.map((parent) => table.references?.[parent]?.split("#")[0]);
  const parentType = byName.at(-1);
  const references = Object.fromEntries(
    Object.entries(table.references ?? {}).filter(([path]) => !parents.includes(path)),
  );
  const fixed = ["resourceGroupName", ...parents];
  const unique = table.scope === "global" ? [] : fixed;
  return {
    id:
      "/subscriptions/{subscription}/resourceGroups/{in.resourceGroupName}/providers/" +
      [namespace, ...steps].join("/"),
    missing: `ResourceNotFound: The Resource '${type}/{value}' was not found.`,
    exists: `Conflict: A ${type} named '{name}' already exists.`,
    ...table,
    name: { ...table.name, within: unique },
    replaceOn: [...fixed, "location", ...(table.replaceOn ?? [])],
    references: { resourceGroupName: `${GROUP}#name`, ...references },
    loose: ["resourceGroupName", ...(table.loose ?? [])],
    outputs: {
      name: "{name}",
      type,
      location: "{location}",
      provisioningState: "Succeeded",
      ...table.outputs,
    },
    create: (draft) => {
      if (parentType !== undefined) refuseOrphan(draft, type, parentType);
      return table.create?.(draft);
    },
    remove: (object, cloud) => {
      refuseLocked(object, cloud);
      refuseWithChildren(object, children, cloud);
      table.remove?.(object, cloud);
    },
  };
}

function refuseOrphan({ id, cloud }: Draft, type: string, parentType: string): void {
  if (cloud.all(parentType).some((parent) => id.startsWith(`${parent.id}/`))) return;
  throw new CloudError(
    `ParentResourceNotFound: Failed to perform 'write' on resource(s) of type '${type}', because the ` +
      `parent resource of '${id}' could not be found.`,
  );
}

function refuseWithChildren({ id }: CloudObject, types: readonly string[], cloud: CloudView): void {
  const inside = types
    .flatMap((type) => cloud.all(type))
    .find((one) => one.id.startsWith(`${id}/`));
  if (inside === undefined) return;
  throw new CloudError(
    `CannotDeleteResource: Cannot delete '${id}', it still holds '${inside.id}'.`,
  );
}

/** A child without a location of its own. */
export function child(row: ArmType): TypeTable {
  const table = arm(row);
  const outputs = Object.entries(table.outputs ?? {}).filter(([key]) => key !== "location");
  const replaceOn = (table.replaceOn ?? []).filter((key) => key !== "location");
  return { ...table, replaceOn, outputs: Object.fromEntries(outputs) };
}

/** A lock on an object or on anything around it. */
export function refuseLocked(object: CloudObject, cloud: CloudView): void {
  const lock = cloud.all(LOCK).find((one) => {
    const scope = String(plain(one.inputs.scope));
    return object.id === scope || object.id.startsWith(`${scope}/`);
  });
  if (lock === undefined) return;
  throw new CloudError(
    `ScopeLocked: The scope '${object.id}' cannot perform delete operation because following ` +
      `scope(s) are locked: '${lock.id}'. Please remove the lock and try again.`,
  );
}

/** A location that must be the word `global`, in any case. */
export const mustBeGlobal =
  (type: string) =>
  ({ location }: Plain): { property: string; reason: string }[] =>
    typeof location === "string" && location.toLowerCase() === "global"
      ? []
      : [
          {
            property: "location",
            reason:
              `LocationNotAvailableForResourceType: The provided location '${String(location)}' is not ` +
              `available for resource type '${type}'. List of available regions for the resource type is 'global'.`,
          },
        ];

/** Names that fit a pattern; an unknown name is not judged. */
export const nameLike =
  (property: string, pattern: RegExp, error: string) =>
  (inputs: Plain): { property: string; reason: string }[] => {
    const name = inputs[property];
    return typeof name !== "string" || pattern.test(name) ? [] : [{ property, reason: error }];
  };

/** A random GUID. */
export const guid = ({ hex }: Draft): string =>
  [8, 4, 4, 4, 12].map((length) => hex(length)).join("-");

/** Whether an identity has a role assignment on exactly this scope, or around it. */
export function isGranted(cloud: CloudView, identityId: string, scope: string): boolean {
  const identity = cloud.find("azure-native:managedidentity:UserAssignedIdentity", identityId);
  const principal = plain(identity?.outputs.principalId);
  return cloud.all("azure-native:authorization:RoleAssignment").some((assignment) => {
    const granted = String(plain(assignment.inputs.scope));
    const covers = scope === granted || scope.startsWith(`${granted}/`);
    return covers && plain(assignment.inputs.principalId) === principal;
  });
}
