import { AzureCliScript, type ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import { workloadIdentity } from "./identity";
import type { RunnerRole } from "./roles";
import { settings } from "./settings";
import { tagsOf } from "./tags";

/** Of those that Azure has images of; a new one becomes usable weeks after its release. */
const CLI_VERSION = "2.71.0";

interface ScriptRequest {
  readonly name: string;
  /** What it does, in a word: part of its children's names. */
  readonly role: string;
  readonly script: string;
  readonly env: Readonly<Record<string, pulumi.Input<string>>>;
  /** The one resource it may act on, and the role it does so by. */
  readonly scope: pulumi.Input<string>;
  readonly roleDefinition: RunnerRole;
  /** Runs again when this changes, and only then. */
  readonly trigger: pulumi.Input<string>;
  readonly timeoutSeconds: number;
  readonly group: ResourceGroup;
  readonly environment: Environment;
  readonly parent: pulumi.ComponentResource;
  readonly dependsOn: readonly pulumi.Resource[];
}

/**
 * A script that Azure runs while the update waits, and whose exit status is the result. It signs in
 * by an identity that may do this one thing; nothing is needed on the operator's machine, and a
 * preview does not run it. Azure makes a container and a storage account for it and removes both.
 */
export function deploymentScript(request: ScriptRequest): AzureCliScript {
  const { name, role, environment, parent, group } = request;
  const { identity, grants } = workloadIdentity({
    name,
    role: `${role}-runner`,
    group,
    environment,
    parent,
    grants: [{ key: "grant", roleDefinitionId: request.roleDefinition.id, scope: request.scope }],
  });
  // Waiting for the grant to spread, for the container to come up, and for the work itself.
  const minutes = Math.ceil(request.timeoutSeconds / 60) + 25;
  return new AzureCliScript(
    `${name}-${role}`,
    {
      kind: "AzureCLI",
      azCliVersion: CLI_VERSION,
      resourceGroupName: group.name,
      location: settings().location,
      identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
      scriptContent: request.script,
      environmentVariables: Object.entries(request.env).map(([key, value]) => ({
        name: key,
        value,
      })),
      forceUpdateTag: request.trigger,
      timeout: `PT${minutes}M`,
      // Azure forgets the script itself after this time; its result stays in the stack's state.
      retentionInterval: "PT1H",
      cleanupPreference: "Always",
      tags: tagsOf(environment),
    },
    {
      parent,
      dependsOn: [...grants, ...request.dependsOn],
      // A new script and not a changed one: Azure runs a changed one again only if it sees fit.
      replaceOnChanges: ["forceUpdateTag"],
      customTimeouts: { create: `${minutes + 10}m` },
    },
  );
}

/** Calls the resource manager, and again while the grant has not reached it. */
export const RETRYING = `
arm() {
  for attempt in $(seq 1 40); do
    if answer=$(az rest "$@" 2>/tmp/error); then printf '%s' "$answer"; return 0; fi
    grep -qE 'AuthorizationFailed|does not have authorization' /tmp/error || break
    sleep 15
  done
  cat /tmp/error >&2
  return 1
}
`;
