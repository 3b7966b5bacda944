import type { FunctionRule, TypeTable } from "../lib/table";
import { arm, named } from "./shared";

const account: TypeTable = arm({
  arm: "Microsoft.DocumentDB/databaseAccounts",
  scope: "global",
  name: named("accountName", 50, { auto: { separator: "", suffix: 8, lower: true } }),
  replaceOn: ["kind"],
  outputs: { documentEndpoint: "https://{name}.documents.azure.com:443/" },
});

const keys: FunctionRule = ({ accountName }) => ({
  primaryMasterKey: Buffer.from(`simulated key of ${accountName}`).toString("base64"),
  secondaryMasterKey: Buffer.from(`simulated second key of ${accountName}`).toString("base64"),
});

export const functions: Record<string, FunctionRule> = {
  "azure-native:cosmosdb:listDatabaseAccountKeys": keys,
  "azure-native:documentdb:listDatabaseAccountKeys": keys,
};

export const types: Record<string, TypeTable> = {
  "azure-native:cosmosdb:DatabaseAccount": account,
  "azure-native:documentdb:DatabaseAccount": account,
};
