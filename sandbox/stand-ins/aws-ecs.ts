import {
  act,
  historyOf,
  revisionOf,
  servingRevision,
  testedRevision,
  type EcsDeployment,
  type EcsRevision,
} from "../aws/ecs-deployments";
import { ECS_SERVICE } from "../aws/refs";
import { digestOf } from "../lib/images";
import type { CloudObject } from "../lib/store";
import { plain, type Plain } from "../lib/values";
import { refusal } from "./aws-refusal";
import type { Command, Objects } from "./stand-in";

type Answer = (options: Command["options"], cloud: Objects) => Plain;

/** What ECS tells of services and their deployments. */
export const ecs: Readonly<Record<string, Answer>> = {
  "ecs list-service-deployments": (options, cloud) => {
    const service = serviceOf(options, cloud);
    return {
      serviceDeployments: historyOf(service).deployments.map((each) => brief(service, each)),
    };
  },
  "ecs describe-service-deployments": (options, cloud) => ({
    serviceDeployments: words(options["service-deployment-arns"]).map((arn) => {
      const [service, deployment] = deploymentOf(arn, cloud);
      return told(service, deployment);
    }),
    failures: [],
  }),
  "ecs describe-service-revisions": (options, cloud) => ({
    serviceRevisions: words(options["service-revision-arns"]).map((arn) => revision(arn, cloud)),
    failures: [],
  }),
  "ecs continue-service-deployment": (options, cloud) => {
    if (options["generate-cli-skeleton"] !== undefined) {
      return { serviceDeploymentArn: "", hookId: "", action: "CONTINUE" };
    }
    const arn = options["service-deployment-arn"] ?? "";
    const [service, { hook }] = deploymentOf(arn, cloud);
    if (hook?.id !== options["hook-id"]) {
      throw refusal(
        "ContinueServiceDeployment",
        "InvalidParameterException",
        "the hook is not awaiting action",
      );
    }
    const history = historyOf(service);
    cloud.view.remember(service, act(history, options.action ?? "CONTINUE", "asked for"));
    return { serviceDeploymentArn: arn };
  },
  "ecs stop-service-deployment": (options, cloud) => {
    const arn = options["service-deployment-arn"] ?? "";
    const [service, { status }] = deploymentOf(arn, cloud);
    if (status !== "IN_PROGRESS") {
      throw refusal(
        "StopServiceDeployment",
        "ConflictException",
        "the deployment is not in progress",
      );
    }
    cloud.view.remember(service, act(historyOf(service), "ROLLBACK", "asked for"));
    return { serviceDeploymentArn: arn };
  },
  "ecs list-tasks": (options, cloud) => {
    const service = serviceOf(options, cloud);
    return { taskArns: runningRevisions(service).map((each) => taskArn(service, each)) };
  },
  "ecs describe-tasks": (options, cloud) => ({
    tasks: words(options.tasks).map((arn) => task(arn, cloud)),
    failures: [],
  }),
};

const words = (text: string | undefined): string[] => (text ?? "").split(" ").filter(Boolean);

function serviceOf(options: Command["options"], cloud: Objects): CloudObject {
  const name = options.service ?? options["service-name"] ?? "";
  const found = cloud.view
    .all(ECS_SERVICE)
    .find(({ id }) => id.endsWith(`:service/${options.cluster}/${name}`));
  if (found) return found;
  throw refusal("DescribeServices", "ServiceNotFoundException", "Service not found.");
}

function deploymentOf(arn: string, cloud: Objects): [CloudObject, EcsDeployment] {
  for (const service of cloud.view.all(ECS_SERVICE)) {
    const found = historyOf(service).deployments.find((each) => each.arn === arn);
    if (found) return [service, found];
  }
  throw refusal("DescribeServiceDeployments", "ServiceDeploymentNotFoundException", arn);
}

const brief = ({ id }: CloudObject, deployment: EcsDeployment): Plain => ({
  serviceDeploymentArn: deployment.arn,
  serviceArn: id,
  createdAt: deployment.created,
  status: deployment.status,
  targetServiceRevisionArn: deployment.target,
});

function told(service: CloudObject, deployment: EcsDeployment): Plain {
  const { source, target, status, stage, hook, reason, finished } = deployment;
  const isShifted = status === "SUCCESSFUL" || stage === "POST_PRODUCTION_TRAFFIC_SHIFT";
  const share = (arn: string, weight: number): Plain => ({
    arn,
    requestedProductionTrafficWeight: weight,
  });
  return {
    ...brief(service, deployment),
    ...(finished ? { finishedAt: finished } : {}),
    ...(reason ? { statusReason: reason } : {}),
    lifecycleStage: stage,
    sourceServiceRevisions: source ? [share(source, isShifted ? 0 : 100)] : [],
    targetServiceRevision: share(target, isShifted ? 100 : 0),
    ...(status === "ROLLBACK_SUCCESSFUL" && source
      ? { rollback: { reason, serviceRevisionArn: source } }
      : {}),
    lifecycleHookDetails: hook
      ? [
          {
            hookId: hook.id,
            targetType: "PAUSE",
            status: "AWAITING_ACTION",
            expiresAt: hook.expires,
            timeoutAction: hook.action,
          },
        ]
      : [],
  };
}

function revision(arn: string, cloud: Objects): Plain {
  for (const service of cloud.view.all(ECS_SERVICE)) {
    const found = revisionOf(historyOf(service), arn);
    if (!found) continue;
    return {
      serviceRevisionArn: arn,
      serviceArn: service.id,
      taskDefinition: found.taskDefinition,
      containerImages: found.containers.map(({ name, image }) => ({
        containerName: name,
        image,
        imageDigest: digestOf(image),
      })),
      createdAt: found.created,
    };
  }
  throw refusal("DescribeServiceRevisions", "ClientException", `${arn} was not found`);
}

/** The revision with traffic, and the candidate. */
function runningRevisions(service: CloudObject): EcsRevision[] {
  const history = historyOf(service);
  const both = [servingRevision(history), testedRevision(history)];
  return [...new Set(both.filter((each) => each !== undefined))];
}

/** One task stands for all of a revision's. */
const taskArn = ({ id }: CloudObject, { arn }: EcsRevision): string =>
  `${id.replace(":service/", ":task/")}/${arn.split("/").at(-1)}`;

function task(arn: string, cloud: Objects): Plain {
  const [service, runs] =
    cloud.view
      .all(ECS_SERVICE)
      .flatMap((each) => runningRevisions(each).map((revision) => [each, revision] as const))
      .find(([each, revision]) => taskArn(each, revision) === arn) ?? [];
  if (!service || !runs) throw refusal("DescribeTasks", "ClientException", "no such task");
  return {
    taskArn: arn,
    taskDefinitionArn: runs.taskDefinition,
    lastStatus: "RUNNING",
    group: `service:${String(plain(service.outputs.name))}`,
    containers: runs.containers.map(({ name, image }) => ({
      name,
      image,
      imageDigest: digestOf(image),
    })),
  };
}
