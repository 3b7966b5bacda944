import { RoleAssignment } from "@pulumi/azure-native/authorization";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import type { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import { settings } from "./settings";
import { tagsOf } from "./tags";

/** An identity of one workload, and what it was granted. */
export interface WorkloadIdentity {
  readonly identity: UserAssignedIdentity;
  /** Whoever uses the identity waits for these: a grant that comes later fails the first start. */
  readonly grants: readonly pulumi.Resource[];
}

export interface Grant {
  /** Stable key of the grant: part of the child's name. */
  readonly key: string;
  readonly roleDefinitionId: pulumi.Input<string>;
  /** ARM id of the one resource it is granted on. */
  readonly scope: pulumi.Input<string>;
}

/**
 * An identity assigned by the user and not by the platform: it exists, and has its grants, before
 * the workload that needs them is made.
 */
export function workloadIdentity(request: {
  readonly name: string;
  readonly role?: string;
  readonly group: ResourceGroup;
  readonly environment: Environment;
  readonly parent: pulumi.ComponentResource;
  readonly grants: readonly Grant[];
}): WorkloadIdentity {
  const { name, role = "identity", group, environment, parent } = request;
  const identity = new UserAssignedIdentity(
    `${name}-${role}`,
    {
      resourceGroupName: group.name,
      location: settings().location,
      tags: tagsOf(environment),
    },
    { parent },
  );
  const grants = request.grants.map(
    ({ key, roleDefinitionId, scope }) =>
      new RoleAssignment(
        `${name}-${role === "identity" ? "may" : role}-${key}`,
        {
          principalId: identity.principalId,
          // Without the type Azure looks the principal up, and a new one is not found for minutes.
          principalType: "ServicePrincipal",
          roleDefinitionId,
          scope,
        },
        { parent },
      ),
  );
  return { identity, grants };
}
