import type { TypeTable } from "../lib/table";
import { arm, child, named } from "./shared";

const VAULT = "azure-native:recoveryservices:Vault";
const CONTAINER = "azure-native:recoveryservices:ProtectionContainer";
const ITEM = "azure-native:recoveryservices:ProtectedItem";
const POLICY = "azure-native:recoveryservices:ProtectionPolicy";

export const types: Record<string, TypeTable> = {
  [VAULT]: arm({
    arm: "Microsoft.RecoveryServices/vaults",
    name: named("vaultName", 50),
    children: [CONTAINER, ITEM],
  }),
  [POLICY]: child({
    arm: "Microsoft.RecoveryServices/vaults/backupPolicies",
    parents: ["vaultName"],
    name: named("policyName", 150),
    references: { vaultName: `${VAULT}#name` },
    loose: ["vaultName"],
    inUse: "BMSUserErrorPolicyInUse: the policy '{id}' protects items.",
  }),
  [CONTAINER]: child({
    arm: "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers",
    parents: ["vaultName", "fabricName"],
    name: named("containerName", 250),
    references: {
      vaultName: `${VAULT}#name`,
      "properties.sourceResourceId": "azure-native:storage:StorageAccount",
    },
    loose: ["vaultName", "properties.sourceResourceId"],
  }),
  [ITEM]: child({
    arm: "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems",
    parents: ["vaultName", "fabricName", "containerName"],
    name: named("protectedItemName", 250),
    references: { vaultName: `${VAULT}#name`, "properties.policyId": POLICY },
    loose: ["vaultName"],
  }),
};
