import { rule as globalNames } from "../../policy/rules/deployability/azure/azure-global-names";
import type { FunctionRule, TypeTable } from "../lib/table";
import { arm, child, named } from "./shared";

const REGISTRY = "azure-native:containerregistry:Registry";

export const functions: Record<string, FunctionRule> = {
  "azure-native:containerregistry:listRegistryCredentials": ({ registryName }) => ({
    username: registryName,
    passwords: ["password", "password2"].map((name) => ({ name, value: `simulated ${name}` })),
  }),
};

export const types: Record<string, TypeTable> = {
  [REGISTRY]: arm({
    arm: "Microsoft.ContainerRegistry/registries",
    scope: "global",
    name: named("registryName", 50),
    replaceOn: ["encryption"],
    rules: [globalNames],
    exists: "AlreadyInUse: The registry DNS name {name}.azurecr.io is already in use.",
    outputs: { loginServer: "{name}.azurecr.io", status: () => ({ displayStatus: "Ready" }) },
  }),
  "azure-native:containerregistry:Task": arm({
    arm: "Microsoft.ContainerRegistry/registries/tasks",
    parents: ["registryName"],
    name: named("taskName", 50),
    references: { registryName: `${REGISTRY}#name` },
    loose: ["registryName"],
  }),
  "azure-native:containerregistry:CacheRule": child({
    arm: "Microsoft.ContainerRegistry/registries/cacheRules",
    parents: ["registryName"],
    name: named("cacheRuleName", 50),
    replaceOn: ["sourceRepository", "targetRepository"],
    references: { registryName: `${REGISTRY}#name` },
    loose: ["registryName"],
  }),
};
