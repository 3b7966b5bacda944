import { RoleDefinition } from "@pulumi/azure-native/authorization";
import type { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import { guidOf } from "./names";
import type { Settings } from "./settings";

/** Azure's own roles that workloads get, each assigned on one resource. */
const BUILT_IN = {
  /** Pull images of a registry. */
  acrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  /** Read secret values. */
  secretsUser: "4633458b-17de-408a-b874-0445c86b69e6",
  /** Wrap and unwrap keys for encryption at rest. */
  cryptoServiceUser: "e147488a-f6f5-4113-8e2d-b22465e65bf6",
  /** Read, write and delete blobs of a container. */
  blobContributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
} as const;

/** Full id of a built-in role: a bare name is not accepted. */
export function builtInRole(role: keyof typeof BUILT_IN, { subscriptionId }: Settings): string {
  return (
    `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/` +
    BUILT_IN[role]
  );
}

/** A role of this stack with named actions only. */
export type RunnerRole = RoleDefinition;

interface RoleRequest {
  readonly logicalName: string;
  readonly parent: pulumi.ComponentResource;
  readonly group: ResourceGroup;
  readonly environment: Environment;
  readonly settings: Settings;
  /** What it is for, in words; part of the role's name, which is unique in the directory. */
  readonly title: string;
  readonly actions: readonly string[];
}

/**
 * A custom role: the built-in roles for jobs and environments carry wildcards. It can be assigned
 * inside the stack's resource group only.
 */
export function stackRole(request: RoleRequest): RunnerRole {
  const { logicalName, parent, group, environment, settings, title, actions } = request;
  const { system, stack } = environment;
  const id = guidOf(`${settings.subscriptionId}/${system}/${stack}/${title}`);
  return new RoleDefinition(
    logicalName,
    {
      roleDefinitionId: id,
      roleName: `${system} ${stack}: ${title} (${id.slice(0, 8)})`,
      description: `${title}, for the stack ${stack} of ${system}`,
      roleType: "CustomRole",
      scope: group.id,
      assignableScopes: [group.id],
      permissions: [{ actions: [...actions], notActions: [], dataActions: [], notDataActions: [] }],
    },
    { parent },
  );
}

/** What starting a job and waiting for its end takes. */
export const JOB_RUNNER_ACTIONS = [
  "Microsoft.App/jobs/read",
  "Microsoft.App/jobs/start/action",
  "Microsoft.App/jobs/execution/read",
  "Microsoft.App/jobs/executions/read",
];

/** What approving the edge's private connection to the environment takes. */
export const CONNECTION_APPROVER_ACTIONS = [
  "Microsoft.App/managedEnvironments/read",
  "Microsoft.App/managedEnvironments/privateEndpointConnections/read",
  "Microsoft.App/managedEnvironments/privateEndpointConnections/write",
  "Microsoft.App/managedEnvironments/privateEndpointConnectionsApproval/action",
];
