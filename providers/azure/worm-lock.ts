import type { ResourceGroup } from "@pulumi/azure-native/resources";
import type { BlobContainerImmutabilityPolicy } from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import { deploymentScript, RETRYING } from "./deployment-script";
import { stackRole } from "./roles";
import { settings } from "./settings";

/** Locks the policy `POLICY`, or extends the lock that is there; a shorter time is an error. */
const LOCK = `set -eu
${RETRYING}
api="https://management.azure.com$POLICY"
version="api-version=2024-01-01"
read -r state kept etag <<EOF
$(arm --method get --url "$api?$version" --output tsv \\
  --query "[properties.state, properties.immutabilityPeriodSinceCreationInDays, etag]" | tr '\\n' ' ')
EOF
if [ "$state" = Locked ] && [ "$kept" -gt "$DAYS" ]; then
  echo "the policy keeps $kept days and cannot be shortened to $DAYS" >&2
  exit 1
fi
if [ "$state" != Locked ]; then
  arm --method post --url "$api/lock?$version" --headers "If-Match=$etag" --output none
  etag=$(arm --method get --url "$api?$version" --query etag --output tsv)
fi
if [ "$kept" -lt "$DAYS" ]; then
  arm --method post --url "$api/extend?$version" --headers "If-Match=$etag" --output none \\
    --body "{\\"properties\\":{\\"immutabilityPeriodSinceCreationInDays\\":$DAYS}}"
fi
echo "locked for $DAYS days"
`;

/** What that takes, and nothing more: no writing, no deleting. */
const ACTIONS = ["read", "lock/action", "extend/action"].map(
  (verb) =>
    `Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies/${verb}`,
);

/**
 * A policy is created unlocked, always, and the lock is a call of its own that no resource makes: a
 * script does, while the update waits.
 */
export function lockScript(request: {
  readonly name: string;
  readonly policy: BlobContainerImmutabilityPolicy;
  readonly days: number;
  /** Group in which the script runs. */
  readonly runner: ResourceGroup;
  /** Group of the archive: where the role can be assigned. */
  readonly scope: ResourceGroup;
  readonly environment: Environment;
  readonly parent: pulumi.ComponentResource;
}): pulumi.Resource {
  const { name, policy, days, runner, scope, environment, parent } = request;
  const roleDefinition = stackRole({
    logicalName: `${name}-locker`,
    parent,
    group: scope,
    environment,
    settings: settings(),
    title: `Lock the archive's ${name}`,
    actions: ACTIONS,
  });
  return deploymentScript({
    name,
    role: "lock",
    script: LOCK,
    env: { POLICY: policy.id, DAYS: `${days}` },
    scope: policy.id,
    roleDefinition,
    trigger: `${days}`,
    timeoutSeconds: 600,
    group: runner,
    environment,
    parent,
    dependsOn: [policy],
  });
}
