import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { Job } from "@pulumi/gcp/cloudrunv2";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type { OneOffJobOutputs, OneOffJobSpec } from "../../components/one-off-job";
import type { WorkloadLinks } from "../../components/workload";
import type { JobAttachment } from "./attachments";
import type { Identity } from "./identity";
import { labels } from "./labels";
import { keepLogs } from "./log-store";
import { stemOf } from "./names";
import { settings } from "./settings";
import { workloadTemplate, type WorkloadTemplate } from "./workload";
import { describeWorkload, resolveWorkload, type ResolvedWorkload } from "./workload-spec";

/** Executions are called `<job>-<token>`, 62 characters at most. */
const NAME_MAX = 49;
const TOKEN_LENGTH = 12;
const LONGEST = 840;

interface ResolvedJob extends ResolvedWorkload {
  readonly timeoutSeconds: number;
}

const describe: Parity<OneOffJobSpec> = {
  ...describeWorkload,
  timeoutSeconds: "time limit of the one task; it is not tried again",
};

export function resolveJob(spec: OneOffJobSpec, context: ResolveContext): ResolvedJob {
  const { timeoutSeconds } = spec;
  if (!Number.isInteger(timeoutSeconds) || timeoutSeconds < 1 || timeoutSeconds > LONGEST) {
    context.problems.add(
      `${context.path}.timeoutSeconds`,
      `${timeoutSeconds} is out of range; give 1 to ${LONGEST}`,
    );
  }
  return { ...resolveWorkload(spec, context), timeoutSeconds };
}

/**
 * The gate: with a run token the job is only ready, and its resource only created, when the run
 * ended with exit code 0. Another token replaces the job instead of updating it: an update that
 * failed would leave the new token in the state, and the next one would have nothing left to run.
 */
export function buildJob(
  request: BuildRequest<ResolvedJob, WorkloadLinks>,
  /** What its identity may do beyond what every job may; granted before it runs. */
  grants: (identity: Identity) => pulumi.Resource[] = () => [],
): OneOffJobOutputs {
  const { name, spec, parent, environment } = request;
  const { project, region } = settings();
  const template = workloadTemplate(request);
  const { identity, container, limits, volumes, vpcAccess, dependsOn } = template;
  if (template.calls.length > 0) {
    throw new pulumi.RunError(
      `${name}.uses: jobs cannot call services of the stack on gcp, whose proxy would never end; call from a service`,
    );
  }
  // No fixed name: a job whose first run failed stays behind, and its name would be taken.
  const stem = stemOf(name, environment, NAME_MAX);
  const job = new Job(
    stem,
    {
      project,
      location: region,
      runExecutionToken: runToken(template, spec.timeoutSeconds),
      // A job has nothing to lose, and every version replaces it.
      deletionProtection: false,
      labels: labels(environment, name),
      template: {
        annotations: template.annotations,
        labels: labels(environment, name),
        taskCount: 1,
        parallelism: 1,
        template: {
          serviceAccount: identity.email,
          executionEnvironment: "EXECUTION_ENVIRONMENT_GEN2",
          // A migration that failed half-way is looked at before it is tried again.
          maxRetries: 0,
          timeout: `${spec.timeoutSeconds}s`,
          vpcAccess,
          volumes,
          containers: [{ ...container, resources: { limits } }],
        },
      },
    },
    {
      parent,
      dependsOn: [...dependsOn, ...grants(identity)],
      replaceOnChanges: ["runExecutionToken"],
      customTimeouts: { create: "30m", update: "30m" },
    },
  );
  keepLogs(
    request,
    "logs",
    `resource.type="cloud_run_job" AND resource.labels.job_name=~"^${stem}-" AND resource.labels.location="${region}"`,
    spec.logDays,
  );
  const attachment: JobAttachment = { cloud: "gcp", kind: "job", namePrefix: `${stem}-` };
  return { completed: job, attachment };
}

/** A run per content: image, command, variables and the versions of its secrets. */
function runToken(
  { container, limits, volumes }: WorkloadTemplate,
  timeoutSeconds: number,
): pulumi.Output<string> {
  return pulumi
    .output({ container, limits, volumes, timeoutSeconds })
    .apply((content) =>
      createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, TOKEN_LENGTH),
    );
}

export const oneOffJob = builder({
  cloud: "gcp",
  describe,
  resolve: resolveJob,
  build: (request: BuildRequest<ResolvedJob, WorkloadLinks>) => buildJob(request),
});
