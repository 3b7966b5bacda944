import { rule as globalNames } from "../../policy/rules/deployability/azure/azure-global-names";
import type { CloudObject } from "../lib/store";
import { CloudError } from "../lib/table";
import type { CloudView, Draft, FunctionRule, NameRule, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import { arm, child, named } from "./shared";

const ACCOUNT = "azure-native:storage:StorageAccount";
const CONTAINER = "azure-native:storage:BlobContainer";
const POLICY = "azure-native:storage:BlobContainerImmutabilityPolicy";

const KEYS: FunctionRule = () => ({
  keys: [1, 2].map((number) => ({
    keyName: `key${number}`,
    permissions: "FULL",
    value: Buffer.from(`simulated storage key ${number}`).toString("base64"),
  })),
});

export const functions: Record<string, FunctionRule> = {
  "azure-native:storage:listStorageAccountKeys": KEYS,
  "azure-native:storage:listStorageAccountServiceSAS": () => ({
    serviceSasToken: "sv=2015-04-05&sig=simulated",
  }),
};

const account =
  "/subscriptions/{subscription}/resourceGroups/{in.resourceGroupName}/providers/" +
  "Microsoft.Storage/storageAccounts/{in.accountName}";

/** What lies in an account. Its services are there from the start, all called `default`. */
const inside = (
  collection: string,
  path: string,
  row: { name: NameRule } & Partial<TypeTable>,
): TypeTable =>
  child({
    arm: `Microsoft.Storage/storageAccounts/${collection}`,
    parents: ["accountName"],
    id: `${account}/${path}`,
    ...row,
    references: { accountName: `${ACCOUNT}#name`, ...row.references },
  });

const service = (kind: "blobServices" | "fileServices"): TypeTable =>
  inside(kind, `${kind}/default`, {
    name: named(kind === "blobServices" ? "blobServicesName" : "fileServicesName", 63),
    loose: ["accountName"],
  });

export const types: Record<string, TypeTable> = {
  [ACCOUNT]: arm({
    arm: "Microsoft.Storage/storageAccounts",
    scope: "global",
    name: named("accountName", 24),
    replaceOn: [
      "isHnsEnabled",
      "immutableStorageWithVersioning",
      "enableNfsV3",
      "kind",
      "encryption.requireInfrastructureEncryption",
    ],
    references: {
      "identity.userAssignedIdentities[*]": "azure-native:managedidentity:UserAssignedIdentity",
    },
    rules: [globalNames],
    exists: "StorageAccountAlreadyTaken: The storage account named {name} is already taken.",
    outputs: {
      primaryLocation: "{location}",
      primaryEndpoints: ({ name }: Draft) =>
        Object.fromEntries(
          ["blob", "file", "queue", "table", "web"].map((kind) => [
            kind,
            `https://${name}.${kind}.core.windows.net/`,
          ]),
        ),
    },
  }),
  "azure-native:storage:BlobServiceProperties": service("blobServices"),
  "azure-native:storage:FileServiceProperties": service("fileServices"),
  "azure-native:storage:ManagementPolicy": inside(
    "managementPolicies",
    "managementPolicies/default",
    { name: named("managementPolicyName", 7) },
  ),
  [CONTAINER]: inside("blobServices/containers", "blobServices/default/containers/{name}", {
    name: named("containerName", 63),
    replaceOn: ["immutableStorageWithVersioning"],
  }),
  "azure-native:storage:FileShare": inside(
    "fileServices/shares",
    "fileServices/default/shares/{name}",
    { name: named("shareName", 63), replaceOn: ["enabledProtocols"] },
  ),
  [POLICY]: inside(
    "blobServices/containers/immutabilityPolicies",
    "blobServices/default/containers/{in.containerName}/immutabilityPolicies/default",
    {
      name: { ...named("immutabilityPolicyName", 7), shared: true },
      replaceOn: ["containerName"],
      // A new policy is never locked; locking is a call of its own.
      outputs: { state: "Unlocked", etag: '"{hex:16}"' },
      update: (_draft, old) => {
        refuseLocked(old);
        return {};
      },
      remove: refuseLocked,
    },
  ),
};

function refuseLocked({ id, outputs }: CloudObject): void {
  if (plain(outputs.state) !== "Locked") return;
  throw new CloudError(
    `ImmutabilityPolicyLocked: the policy '${id}' is locked; it can be extended, and nothing else.`,
  );
}

/** What the lock of a policy answers, and what it changes. */
export function lockPolicy(cloud: CloudView, id: string, days: number): string | undefined {
  const policy = cloud.find(POLICY, id);
  if (policy === undefined) return `ContainerNotFound: '${id}' was not found`;
  const kept = Number(plain(policy.outputs.immutabilityPeriodSinceCreationInDays));
  if (kept > days) return `the policy keeps ${kept} days and cannot be shortened to ${days}`;
  cloud.patch(policy, { state: "Locked", immutabilityPeriodSinceCreationInDays: days });
  return undefined;
}
