import type { Draft, FunctionRule, TypeTable } from "../lib/table";
import { arm, child, named, nameLike } from "./shared";

const ACCOUNT = "azure-native:storage:StorageAccount";
const KEYS: FunctionRule = () => ({
  keys: [1, 2].map((number) => ({
    keyName: `key${number}`,
    permissions: "FULL",
    value: Buffer.from(`simulated storage key ${number}`).toString("base64"),
  })),
});

export const functions: Record<string, FunctionRule> = {
  "azure-native:storage:listStorageAccountKeys": KEYS,
};

export const types: Record<string, TypeTable> = {
  [ACCOUNT]: arm({
    arm: "Microsoft.Storage/storageAccounts",
    scope: "global",
    name: named("accountName", 24),
    replaceOn: ["isHnsEnabled", "immutableStorageWithVersioning", "enableNfsV3"],
    validate: nameLike(
      "accountName",
      /^[a-z0-9]{3,24}$/,
      "AccountNameInvalid: storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.",
    ),
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
  "azure-native:storage:BlobContainer": child({
    arm: "Microsoft.Storage/storageAccounts/blobServices/containers",
    parents: ["accountName"],
    name: named("containerName", 63),
    id:
      "/subscriptions/{subscription}/resourceGroups/{in.resourceGroupName}/providers/" +
      "Microsoft.Storage/storageAccounts/{in.accountName}/blobServices/default/containers/{name}",
    references: { accountName: `${ACCOUNT}#name` },
  }),
  "azure-native:storage:FileShare": child({
    arm: "Microsoft.Storage/storageAccounts/fileServices/shares",
    parents: ["accountName"],
    name: named("shareName", 63),
    id:
      "/subscriptions/{subscription}/resourceGroups/{in.resourceGroupName}/providers/" +
      "Microsoft.Storage/storageAccounts/{in.accountName}/fileServices/default/shares/{name}",
    references: { accountName: `${ACCOUNT}#name` },
  }),
};
