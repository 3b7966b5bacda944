import { Invocation } from "@pulumi/aws/lambda/invocation";
import * as pulumi from "@pulumi/pulumi";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  OneOffJobBuilder,
  OneOffJobOutputs,
  OneOffJobSpec,
} from "../../components/one-off-job";
import type { WorkloadLinks } from "../../components/workload";
import type { JobAttachment } from "./attachments";
import { smallFunction, type SmallFunction } from "./small-function";
import type { Statement } from "./identity";
import { scopeOf, type Scope } from "./scope";
import type { FargateSize } from "./sizes";
import { describeWorkload, resolveWorkload, workload, type Workload } from "./workload";

interface Resolved extends OneOffJobSpec {
  readonly size: FargateSize;
}

const describe: Parity<OneOffJobSpec> = {
  ...describeWorkload,
  timeoutSeconds: "a Lambda function runs the Fargate task, waits, and fails with it; 840 at most",
};

function resolve(spec: OneOffJobSpec, context: ResolveContext): Resolved {
  const { timeoutSeconds } = spec;
  if (timeoutSeconds < 30 || timeoutSeconds > 840) {
    context.problems.add(
      `${context.path}.timeoutSeconds`,
      `${timeoutSeconds} seconds is not possible: a Lambda function waits for the task; use 30 to 840`,
    );
  }
  return { ...spec, size: resolveWorkload(spec, context) };
}

/**
 * A Lambda function and not a deployment lifecycle hook of the service, the other way that needs
 * no tool on the operator's machine: a hook runs again for every replica change that deploys,
 * belongs to one service, and cannot come before a service that is created for the first time.
 */
function build(request: BuildRequest<Resolved, WorkloadLinks>): OneOffJobOutputs {
  const scope = scopeOf(request);
  const { spec, links, name } = request;
  const job = workload(scope, { spec, links, size: spec.size, logMode: "blocking" });
  const runner = smallFunction(scope, "runner", {
    file: "task-runner.mjs",
    description: `Runs the task ${name} to its end; its exit code decides`,
    timeoutSeconds: Math.min(900, spec.timeoutSeconds + 60),
    statements: mayRun(scope, job),
    // The first one tells a simulated cloud, and a reader, that an invocation runs a task.
    variables: { PORTOLAN_RUNS_TASK: "1", TASK_LOG_GROUP: job.logGroup },
    logDays: spec.logDays,
  });
  const attachment: JobAttachment = {
    cloud: "aws",
    functionName: runner.functionName,
    logGroup: job.log.name,
  };
  return { completed: run(scope, spec, job, runner), attachment };
}

function run(scope: Scope, spec: Resolved, job: Workload, runner: SmallFunction): Invocation {
  return new Invocation(
    `${scope.name}-run`,
    {
      functionName: runner.function.name,
      input: pulumi.jsonStringify({
        cluster: job.network.cluster.arn,
        taskDefinition: job.taskDefinition.arn,
        subnets: job.network.privateSubnets,
        securityGroups: [job.group.id],
        container: scope.name,
        timeoutSeconds: spec.timeoutSeconds,
      }),
      // A new revision stands for a new image, command or environment.
      triggers: { taskDefinition: job.taskDefinition.arn },
    },
    {
      ...scope.child,
      dependsOn: job.ready,
      customTimeouts: { create: "20m", update: "20m" },
    },
  );
}

function mayRun(scope: Scope, { network, roles, family }: Workload): Statement[] {
  const inCluster = { ArnEquals: { "ecs:cluster": network.cluster.arn } };
  return [
    {
      actions: ["ecs:RunTask"],
      resources: [scope.arn("ecs", `task-definition/${family}:*`)],
      condition: inCluster,
    },
    {
      actions: ["ecs:DescribeTasks", "ecs:StopTask"],
      resources: [scope.arn("ecs", `task/${network.clusterName}/*`)],
      condition: inCluster,
    },
    // Fargate has no resource for this action; the condition keeps it to the cluster.
    { actions: ["ecs:ListTasks"], resources: ["*"], condition: inCluster },
    {
      actions: ["iam:PassRole"],
      resources: [roles.execution.arn, roles.task.arn],
      condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
    {
      actions: ["ecs:TagResource"],
      resources: [scope.arn("ecs", `task/${network.clusterName}/*`)],
      condition: { StringEquals: { "ecs:CreateAction": "RunTask" } },
    },
  ];
}

export const oneOffJob: OneOffJobBuilder = builder({ cloud: "aws", describe, resolve, build });
