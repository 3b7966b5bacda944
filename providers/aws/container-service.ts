import { Policy } from "@pulumi/aws/appautoscaling/policy";
import { Target } from "@pulumi/aws/appautoscaling/target";
import { Service } from "@pulumi/aws/ecs/service";
import { Invocation } from "@pulumi/aws/lambda/invocation";
import { Service as Registration } from "@pulumi/aws/servicediscovery/service";
import * as pulumi from "@pulumi/pulumi";
import { attachmentOf } from "../../components/attachment";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  ContainerServiceBuilder,
  ContainerServiceLinks,
  ContainerServiceOutputs,
  ContainerServiceSpec,
} from "../../components/container-service";
import { heldTraffic } from "../../components/held-traffic";
import type { EdgeAttachment, ServiceAttachment } from "./attachments";
import { PROFILES } from "./profile";
import { scopeOf, type Scope } from "./scope";
import { openWay } from "./security-groups";
import type { FargateSize } from "./sizes";
import { behindEdge, inside } from "./traffic";
import { describeWorkload, resolveWorkload, workload, type Workload } from "./workload";

interface Resolved extends ContainerServiceSpec {
  readonly size: FargateSize;
}

const describe: Parity<ContainerServiceSpec> = {
  ...describeWorkload,
  port: "port mapping of the task, reached from its callers' security groups only",
  health: "health check of the target groups; without an edge the platform sees only the exit",
  scaling: "ECS service with target tracking on average CPU",
  stopGraceSeconds: "stopTimeout of the containers, 120 at most",
  backgroundWork: "tasks always have their CPU; nothing to switch",
  gpuMemoryGiB: { unsupported: "Fargate has no graphics processors; leave it out to run on CPUs" },
  containerName: "accepted: there are no container names on this target",
};

function resolve(spec: ContainerServiceSpec, context: ResolveContext): Resolved {
  const { path, problems } = context;
  const { scaling, health, stopGraceSeconds } = spec;
  if (stopGraceSeconds < 1 || stopGraceSeconds > 120) {
    problems.add(
      `${path}.stopGraceSeconds`,
      `${stopGraceSeconds} seconds is not offered on Fargate; use 1 to 120`,
    );
  }
  if (scaling.min < 1 || scaling.max < scaling.min) {
    problems.add(
      `${path}.scaling`,
      `${scaling.min} to ${scaling.max} replicas is not possible; use at least 1, and max not below min`,
    );
  }
  if (health.timeoutSeconds >= health.intervalSeconds) {
    problems.add(
      `${path}.health.timeoutSeconds`,
      `${health.timeoutSeconds} is not below the interval; use less than ${health.intervalSeconds}`,
    );
  }
  return { ...spec, size: resolveWorkload(spec, context) };
}

function build(request: BuildRequest<Resolved, ContainerServiceLinks>): ContainerServiceOutputs {
  const scope = scopeOf(request);
  const { spec, links, name, environment } = request;
  const edge = links.edge && attachmentOf<EdgeAttachment>(links.edge.attachment, "aws");
  const front = edge?.fronts[name];
  const held = heldTraffic(name);
  const running = workload(scope, {
    spec,
    links,
    size: spec.size,
    logMode: "non-blocking",
    port: spec.port,
    stopSeconds: spec.stopGraceSeconds,
    ...(front ? { front } : {}),
  });
  const { network, group, taskDefinition } = running;
  const ways = edge
    ? openWay(scope, { name: "edge", group: edge.group }, { name, group }, front?.port ?? spec.port)
    : [];
  const names = edge ? undefined : registration(scope, running);
  const service = new Service(
    `${name}-service`,
    {
      name,
      cluster: network.cluster.arn,
      taskDefinition: taskDefinition.arn,
      launchType: "FARGATE",
      platformVersion: "1.4.0",
      desiredCount: spec.scaling.min,
      networkConfiguration: {
        subnets: network.privateSubnets,
        securityGroups: [group.id],
        assignPublicIp: false,
      },
      deploymentCircuitBreaker: { enable: true, rollback: true },
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      ...(edge
        ? behindEdge(edge, name, spec, PROFILES[environment.profile], front, held)
        : inside(names)),
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      enableExecuteCommand: false,
      waitForSteadyState: true,
      // A cancelled update takes the half-finished deployment back with it.
      sigintRollback: true,
      tags: scope.tags,
    },
    {
      ...scope.child,
      dependsOn: [...running.ready, ...ways, ...(edge ? edgeReady(edge, name) : [])],
      // Autoscaling owns the count once the service exists; without it the description does.
      ...(scales(spec) ? { ignoreChanges: ["desiredCount"] } : {}),
      customTimeouts: { create: "60m", update: held ? "150m" : "60m", delete: "30m" },
    },
  );
  autoscale(scope, spec, running, service);
  checkDeployment(scope, running, service);
  return outputs(scope, spec, running, service, edge);
}

/** The rules that forward to its target groups, and the right to shift traffic between them. */
const edgeReady = (edge: EdgeAttachment, name: string): pulumi.Resource[] => [
  ...(edge.slots[name] ?? []).flatMap(({ rule, candidateRule }) => [rule, candidateRule]),
  ...(edge.shift ? [edge.shift.ready] : []),
];

function registration(scope: Scope, { network }: Workload): Registration {
  return new Registration(
    `${scope.name}-name`,
    {
      name: scope.name,
      dnsConfig: {
        namespaceId: network.namespaceId,
        dnsRecords: [{ type: "A", ttl: 10 }],
        routingPolicy: "MULTIVALUE",
      },
      tags: scope.tags,
    },
    scope.child,
  );
}

const scales = ({ scaling: { min, max } }: Resolved): boolean => max > min;

function autoscale(scope: Scope, spec: Resolved, { network }: Workload, service: Service): void {
  const { min, max, cpuPercent = 65 } = spec.scaling;
  if (!scales(spec)) return;
  const target = new Target(
    `${scope.name}-scaling`,
    {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: pulumi.interpolate`service/${network.clusterName}/${service.name}`,
      minCapacity: min,
      maxCapacity: max,
      tags: scope.tags,
    },
    scope.child,
  );
  new Policy(
    `${scope.name}-scaling`,
    {
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: {
          predefinedMetricType: "ECSServiceAverageCPUUtilization",
        },
        targetValue: cpuPercent,
        scaleInCooldown: 300,
        scaleOutCooldown: 60,
      },
    },
    scope.child,
  );
}

/**
 * The provider waits for a steady state; whether it is the wanted one it may miss, when ECS still
 * shows the old deployment as it starts to look. A rollback must never be reported as success.
 */
function checkDeployment(scope: Scope, running: Workload, service: Service): void {
  const { network, taskDefinition } = running;
  new Invocation(
    `${scope.name}-deployed`,
    {
      functionName: network.deploymentCheck.name,
      input: pulumi.jsonStringify({
        cluster: network.cluster.arn,
        service: service.name,
        taskDefinition: taskDefinition.arn,
        timeoutSeconds: 120,
      }),
      triggers: { taskDefinition: taskDefinition.arn },
    },
    { ...scope.child, dependsOn: [service, network.deploymentCheck.ready] },
  );
}

function outputs(
  { name }: Scope,
  spec: Resolved,
  { network, group, taskDefinition, log }: Workload,
  service: Service,
  edge: EdgeAttachment | undefined,
): ContainerServiceOutputs {
  const attachment: ServiceAttachment = {
    cloud: "aws",
    group,
    serviceName: name,
    clusterName: network.clusterName,
    logGroup: log.name,
    healthIntervalSeconds: spec.health.intervalSeconds,
    targets: (edge?.slots[name] ?? []).map(({ blue, green }) => ({
      groups: [blue, green],
      loadBalancer: (edge as EdgeAttachment).loadBalancerSuffix,
    })),
  };
  return {
    endpoint: { name, port: spec.port, attachment },
    internalHost: service.name.apply(() => `${name}.${network.namespaceName}`),
    revision: taskDefinition.arn,
    attachment,
  };
}

export const containerService: ContainerServiceBuilder = builder({
  cloud: "aws",
  describe,
  resolve,
  build,
});
