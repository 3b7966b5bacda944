import type { TypeTable } from "../lib/table";
import { arm, child, guid, named } from "./shared";

export const types: Record<string, TypeTable> = {
  "azure-native:managedidentity:UserAssignedIdentity": arm({
    arm: "Microsoft.ManagedIdentity/userAssignedIdentities",
    name: named("resourceName", 128),
    outputs: { principalId: guid, clientId: guid, tenantId: "{tenant}" },
  }),
  "azure-native:managedidentity:FederatedIdentityCredential": child({
    arm: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
    parents: ["resourceName"],
    name: named("federatedIdentityCredentialResourceName", 120),
  }),
};
