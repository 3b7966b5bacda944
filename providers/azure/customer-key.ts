import { RoleAssignment } from "@pulumi/azure-native/authorization";
import { Key } from "@pulumi/azure-native/keyvault";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
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
}): CustomerKey {
  const { name, environment, parent } = request;
  const place = settings();
  const group = resourceGroup(environment, parent);
  const vault = keyVault({ name, environment, parent, purgeProtection: true });
  const key = new Key(
    `${name}-key`,
    {
      keyName: "storage",
      vaultName: vault.name,
      resourceGroupName: group.name,
      properties: { kty: "RSA", keySize: 3072, keyOps: ["wrapKey", "unwrapKey"] },
      tags: tagsOf(environment),
    },
    { parent, protect: environment.protected },
  );
  const identity = new UserAssignedIdentity(
    `${name}-key-user`,
    { resourceGroupName: group.name, location: place.location, tags: tagsOf(environment) },
    { parent },
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
    { parent },
  );
  return { identity, uri: key.keyUriWithVersion, ready };
}

function withoutVersion(id: string): string {
  return id.replace(/\/versions\/[^/]+$/, "");
}
