import { Job } from "@pulumi/azure-native/app";
import * as pulumi from "@pulumi/pulumi";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type { OneOffJobOutputs, OneOffJobSpec } from "../../components/one-off-job";
import type { WorkloadLinks } from "../../components/workload";
import type { JobAttachment } from "./attachments";
import { deploymentScript, RETRYING } from "./deployment-script";
import { appName, contentHash } from "./names";
import { settings } from "./settings";
import { describeWorkload, resolveWorkload, workload, type ResolvedWorkload } from "./workload";

type Resolved = OneOffJobSpec & ResolvedWorkload;

const describe: Parity<OneOffJobSpec> = {
  ...describeWorkload,
  timeoutSeconds:
    "a Container Apps job without retries, ended after this time; a deployment script starts it " +
    "inside the update, waits, and fails when it did not succeed",
};

function resolve(spec: OneOffJobSpec, context: ResolveContext): Resolved {
  const { timeoutSeconds } = spec;
  if (!Number.isInteger(timeoutSeconds) || timeoutSeconds < 1 || timeoutSeconds > 840) {
    context.problems.add(
      `${context.path}.timeoutSeconds`,
      `${timeoutSeconds} is not offered; give 1 to 840 seconds`,
    );
  }
  return { ...spec, ...resolveWorkload(spec, context) };
}

/** Starts the job once, and ends as its execution ends. `JOB` is the job's ARM id. */
const START_AND_WAIT = `set -eu
${RETRYING}
api="https://management.azure.com$JOB"
version="api-version=2025-01-01"
execution=$(arm --method post --url "$api/start?$version" --query name --output tsv)
echo "started $execution"
for attempt in $(seq 1 "$CHECKS"); do
  status=$(arm --method get --url "$api/executions/$execution?$version" \\
    --query properties.status --output tsv)
  case "$status" in
    Succeeded) echo "$execution succeeded"; exit 0 ;;
    Failed|Stopped|Degraded) echo "$execution ended as $status; its log tells why" >&2; exit 1 ;;
  esac
  sleep 5
done
echo "$execution did not end in time (last seen: $status)" >&2
exit 1
`;

function build(request: BuildRequest<Resolved, WorkloadLinks>): OneOffJobOutputs {
  const { name, spec, links, parent, environment } = request;
  const parts = workload({ name, spec, links, environment, parent });
  const { network, container } = parts;
  const job = new Job(
    `${name}-job`,
    {
      jobName: appName(name),
      resourceGroupName: network.group.name,
      location: settings().location,
      environmentId: network.environment.id,
      workloadProfileName: spec.placement.profile.type,
      identity: { type: "UserAssigned", userAssignedIdentities: [parts.identity.identity.id] },
      configuration: {
        triggerType: "Manual",
        manualTriggerConfig: { parallelism: 1, replicaCompletionCount: 1 },
        replicaTimeout: spec.timeoutSeconds,
        replicaRetryLimit: 0,
        secrets: parts.secrets,
        registries: parts.registries,
      },
      template: { containers: [container], volumes: parts.volumes },
      tags: parts.tags,
    },
    { parent, dependsOn: [...parts.dependsOn] },
  );
  const completed = deploymentScript({
    name,
    role: "run",
    script: START_AND_WAIT,
    // Ten minutes more than the job may take: it is queued and its image is pulled first.
    env: { JOB: job.id, CHECKS: `${Math.ceil((spec.timeoutSeconds + 600) / 5)}` },
    scope: job.id,
    roleDefinition: network.jobRunner,
    trigger: contentOf(request),
    timeoutSeconds: spec.timeoutSeconds + 600,
    group: network.group,
    environment,
    parent,
    dependsOn: [job],
  });
  const attachment: JobAttachment = {
    cloud: "azure",
    jobName: appName(name),
    workspace: network.workspace,
  };
  return { completed, attachment };
}

/** Image, command and environment: what makes a job run again. */
function contentOf({ spec, links }: BuildRequest<Resolved, WorkloadLinks>): pulumi.Output<string> {
  const { command, env, secrets } = spec;
  return pulumi
    .all([links.image.reference, links.env])
    .apply(([image, linked]) => contentHash({ image, command, env, linked, secrets }));
}

export const oneOffJob = builder({ cloud: "azure", describe, resolve, build });
