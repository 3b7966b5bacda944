import { RoleAssignment, RoleDefinition } from "@pulumi/azure-native/authorization";
import {
  FederatedIdentityCredential,
  UserAssignedIdentity,
} from "@pulumi/azure-native/managedidentity";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { forEachPurpose, type StackAccess } from "./access";
import {
  ASSIGNMENT_CONDITION,
  LOCK_CONDITION,
  DRILL_SOURCE_ACTIONS,
  OWN_ACTIONS,
  ROLES,
} from "./azure-rights";
import { stateOf, type AzurePlace, type StackState } from "./azure-state";
import { ISSUER, subjectOf, type Purpose } from "./github";
import type { Settings } from "./settings";

/** What the login action asks a token for. */
const AUDIENCE = "api://AzureADTokenExchange";

export function access({ repository, stacks }: Settings): Map<string, StackAccess> {
  const place = placeOf();
  return new Map(stacks.map((stack) => [stack, stackAccess(stack, repository, place)]));
}

function stackAccess(stack: string, repository: string, place: AzurePlace): StackAccess {
  const state = stateOf(stack, place);
  const variables = (purpose: Purpose) => {
    const identity = identityOf(purpose, stack, repository, state, place);
    grant(purpose, stack, identity, state, place);
    return {
      [`AZURE_${purpose.toUpperCase()}_CLIENT_ID`]: identity.clientId,
      ...(purpose === "drill" ? { AZURE_DRILL_GROUP: `portolan-ci-${stack}-drill` } : {}),
      AZURE_TENANT_ID: place.tenantId,
      AZURE_SUBSCRIPTION_ID: place.subscriptionId,
      PULUMI_BACKEND_URL: pulumi.interpolate`azblob://${state.container.name}?storage_account=${state.account.name}`,
    };
  };
  return {
    variables: forEachPurpose(variables),
    secretsProvider: pulumi.interpolate`azurekeyvault://${state.vault.name}.vault.azure.net/keys/${state.key.name}`,
  };
}

/** An identity that nobody has a password of: one repository, one environment, one audience. */
function identityOf(
  purpose: Purpose,
  stack: string,
  repository: string,
  { group }: StackState,
  { location }: AzurePlace,
): UserAssignedIdentity {
  const name = `portolan-ci-${stack}-${purpose}`;
  const identity = new UserAssignedIdentity(name, {
    resourceGroupName: group.name,
    resourceName: name,
    location,
  });
  new FederatedIdentityCredential(name, {
    resourceGroupName: group.name,
    resourceName: identity.name,
    federatedIdentityCredentialResourceName: "github",
    issuer: ISSUER,
    subject: subjectOf(repository, purpose, stack),
    audiences: [AUDIENCE],
  });
  return identity;
}

function grant(
  purpose: Purpose,
  stack: string,
  identity: UserAssignedIdentity,
  state: StackState,
  place: AzurePlace,
): void {
  const name = `portolan-ci-${stack}-${purpose}`;
  const subscription = `/subscriptions/${place.subscriptionId}`;
  const roleId = (id: string): string =>
    `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
  const assign = (
    key: string,
    roleDefinitionId: pulumi.Input<string>,
    scope: pulumi.Input<string>,
    more: { condition?: string; conditionVersion?: string } = {},
  ): void => {
    new RoleAssignment(`${name}-${key}`, {
      principalId: identity.principalId,
      principalType: "ServicePrincipal",
      roleDefinitionId,
      scope,
      ...more,
    });
  };
  const own = (
    key: string,
    actions: readonly string[],
    scope: pulumi.Input<string>,
  ): RoleDefinition =>
    new RoleDefinition(`${name}-${key}`, {
      roleName: `${name} ${key}`,
      description: `GitHub workflows: ${purpose} ${stack}`,
      roleType: "CustomRole",
      scope,
      assignableScopes: [scope],
      permissions: [{ actions: [...actions], notActions: [], dataActions: [], notDataActions: [] }],
    });

  assign("key", roleId(ROLES.cryptoUser), state.key.id);
  assign(
    "state",
    roleId(ROLES.blobContributor),
    state.container.id,
    purpose === "apply" ? {} : { condition: LOCK_CONDITION, conditionVersion: "2.0" },
  );
  if (purpose === "drill") {
    const group = new ResourceGroup(name, { resourceGroupName: name, location: place.location });
    assign("restore", own("restore", OWN_ACTIONS.drill, group.id).id, group.id);
    assign("source", own("source", DRILL_SOURCE_ACTIONS, subscription).id, subscription);
    return;
  }
  assign("cloud", roleId(purpose === "plan" ? ROLES.reader : ROLES.contributor), subscription);
  if (purpose === "plan") return;
  assign("roles", roleId(ROLES.rbacAdministrator), subscription, {
    condition: ASSIGNMENT_CONDITION,
    conditionVersion: "2.0",
  });
  assign("own-roles", own("own-roles", OWN_ACTIONS.apply, subscription).id, subscription);
}

function placeOf(): AzurePlace {
  const config = new pulumi.Config("azure-native");
  return {
    location: config.require("location"),
    subscriptionId: config.require("subscriptionId"),
    tenantId: config.require("tenantId"),
  };
}
