import { RoleAssignment } from "@pulumi/azure-native/authorization";
import { Key } from "@pulumi/azure-native/keyvault";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import type { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import { resourceGroup } from "./resource-group";
import { builtInRole } from "./roles";
import { settings } from "./settings";
import { tagsOf } from "./tags";
import { keyVault } from "./vault";

/** A key of the stack's own, and the identity that a store uses it by. */
export interface CustomerKey {
  readonly identity: UserAssignedIdentity;
  readonly name: pulumi.Output<string>;
  readonly vaultUri: pulumi.Output<string>;
  /** Address with its version: a new version is taken by an update, never by itself. */
  readonly uri: pulumi.Output<string>;
  /** The grant; a store made before it cannot read its key. */
  readonly ready: pulumi.Resource;
}

/** Key, vault, identity and grant for one store. */
export function customerKey(request: {
  readonly name: string;
  readonly environment: Environment;
  readonly parent: pulumi.ComponentResource;
  /** For a store that outlives the stack: its own group, in which nothing is deleted with it. */
  readonly kept?: ResourceGroup;
}): CustomerKey {
  const { name, environment, parent, kept } = request;
  const place = settings();
  const group = kept ?? resourceGroup(environment, parent);
  const options = { parent, ...(kept ? { retainOnDelete: true } : {}) };
  const vault = keyVault({ name, environment, group, options, purgeProtection: true });
  const key = new Key(
    `${name}-key`,
    {
      keyName: "storage",
      vaultName: vault.name,
      resourceGroupName: group.name,
      properties: { kty: "RSA", keySize: 3072, keyOps: ["wrapKey", "unwrapKey"] },
      tags: tagsOf(environment),
    },
    { ...options, protect: environment.protected },
  );
  const identity = new UserAssignedIdentity(
    `${name}-key-user`,
    { resourceGroupName: group.name, location: place.location, tags: tagsOf(environment) },
    options,
  );
  const ready = new RoleAssignment(
    `${name}-key-grant`,
    {
      principalId: identity.principalId,
      principalType: "ServicePrincipal",
      roleDefinitionId: builtInRole("cryptoServiceUser", place),
      // The id of a key names its version; the role belongs to all of them.
      scope: key.id.apply(withoutVersion),
    },
    options,
  );
  return {
    identity,
    name: key.name,
    vaultUri: vault.properties.vaultUri.apply((uri) => uri ?? ""),
    uri: key.keyUriWithVersion,
    ready,
  };
}

function withoutVersion(id: string): string {
  return id.replace(/\/versions\/[^/]+$/, "");
}
