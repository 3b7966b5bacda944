import { rule as deploymentPercent } from "../../policy/rules/deployability/aws/aws-ecs-deployment-percent";
import { rule as lbContainerPort } from "../../policy/rules/deployability/aws/aws-ecs-lb-container-port";
import { rule as networkConfiguration } from "../../policy/rules/deployability/aws/aws-ecs-network-configuration";
import { rule as serviceAfterListener } from "../../policy/rules/deployability/aws/aws-ecs-service-after-listener";
import { rule as targetTypeIp } from "../../policy/rules/deployability/aws/aws-ecs-target-type-ip";
import { rule as fargateCpuMemory } from "../../policy/rules/deployability/aws/aws-fargate-cpu-memory";
import { rule as fargateExecutionRole } from "../../policy/rules/deployability/aws/aws-fargate-execution-role";
import { rule as fargateNetworkMode } from "../../policy/rules/deployability/aws/aws-fargate-network-mode";
import type { Draft, TypeTable } from "../lib/table";
import type { Plain } from "../lib/values";
import { firstDeployment } from "./ecs-deployments";
import { refuseService, updateService } from "./ecs-service-checks";
import { taskFailures } from "./ecs-task-checks";
import {
  CLUSTER,
  ECS_SERVICE,
  ref,
  ROLE_ARN,
  SECURITY_GROUP,
  SUBNET,
  TARGET_GROUP,
  TASK_DEFINITION,
} from "./refs";

const ARN = "arn:{partition}:ecs:{region}:{account}";
const CLUSTERS = ref(CLUSTER, "name");

export const types: Record<string, TypeTable> = {
  [CLUSTER]: {
    name: { property: "name", max: 255 },
    id: `${ARN}:cluster/{name}`,
    outputs: { arn: "{id}" },
    sets: ["settings"],
    missing: "ClusterNotFoundException: Cluster not found.",
    inUse:
      "ClusterContainsServicesException: The Cluster cannot be deleted while Services are active.",
  },
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": {
    id: "{in.clusterName}",
    replaceOn: ["clusterName"],
    sets: ["capacityProviders", "defaultCapacityProviderStrategies"],
    references: { clusterName: CLUSTERS },
    loose: ["clusterName"],
  },
  "aws:ecs/capacityProvider:CapacityProvider": {
    name: { property: "name", max: 255 },
    id: `${ARN}:capacity-provider/{name}`,
    outputs: { arn: "{id}" },
    replaceOn: ["autoScalingGroupProvider.autoScalingGroupArn"],
  },
  [TASK_DEFINITION]: {
    name: { property: "family", manual: true, shared: true },
    // The real provider's ID is the family, which all revisions share; here it is what imports take.
    id: (draft) => `${familyArn(draft)}:${nextRevision(draft)}`,
    defaults: { skipDestroy: false, trackLatest: false },
    outputs: {
      arn: "{id}",
      arnWithoutRevision: familyArn,
      revision: ({ id }: Draft) => Number(id.split(":").at(-1)),
      networkMode: "bridge",
      enableFaultInjection: false,
    },
    replaceOn: [
      "containerDefinitions",
      "cpu",
      "memory",
      "enableFaultInjection",
      "ephemeralStorage",
      "executionRoleArn",
      "ipcMode",
      "networkMode",
      "pidMode",
      "placementConstraints",
      "proxyConfiguration",
      "requiresCompatibilities",
      "runtimePlatform",
      "taskRoleArn",
      "volumes",
    ],
    json: ["containerDefinitions"],
    sets: ["requiresCompatibilities", "volumes", "placementConstraints"],
    references: { executionRoleArn: ROLE_ARN, taskRoleArn: ROLE_ARN },
    // A role can be deleted while a task definition names it.
    loose: ["executionRoleArn", "taskRoleArn"],
    validate: taskFailures,
    rules: [fargateNetworkMode, fargateCpuMemory, fargateExecutionRole, lbContainerPort],
    missing: "ClientException: Unable to describe task definition {value}.",
  },
  [ECS_SERVICE]: {
    name: { property: "name", max: 255, within: ["cluster"] },
    id: ({ inputs, name, place }) =>
      `arn:${place.partition}:ecs:${place.region}:${place.account}:service/${clusterName(inputs)}/${name}`,
    defaults: {
      deploymentMaximumPercent: 200,
      deploymentMinimumHealthyPercent: 100,
      enableEcsManagedTags: false,
      enableExecuteCommand: false,
      schedulingStrategy: "REPLICA",
      waitForSteadyState: false,
    },
    outputs: {
      arn: "{id}",
      launchType: "EC2",
      availabilityZoneRebalancing: "DISABLED",
      desiredCount: 0,
      iamRole: "/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
      platformVersion: ({ inputs }: Draft) => (inputs.launchType === "FARGATE" ? "LATEST" : ""),
    },
    replaceOn: [
      "cluster",
      "launchType",
      "schedulingStrategy",
      "iamRole",
      "deploymentController.type",
    ],
    sets: [
      "loadBalancers",
      "networkConfiguration.subnets",
      "networkConfiguration.securityGroups",
      "capacityProviderStrategies",
    ],
    references: {
      cluster: CLUSTERS,
      taskDefinition: ref(TASK_DEFINITION, "arnWithoutRevision", "family"),
      "networkConfiguration.subnets[*]": SUBNET,
      "networkConfiguration.securityGroups[*]": SECURITY_GROUP,
      "loadBalancers[*].targetGroupArn": TARGET_GROUP,
      "loadBalancers[*].advancedConfiguration.alternateTargetGroupArn": TARGET_GROUP,
      "loadBalancers[*].advancedConfiguration.roleArn": ROLE_ARN,
      "serviceRegistries.registryArn": "aws:servicediscovery/service:Service#arn",
    },
    loose: [
      "taskDefinition",
      "loadBalancers[*].targetGroupArn",
      "loadBalancers[*].advancedConfiguration.alternateTargetGroupArn",
      "loadBalancers[*].advancedConfiguration.roleArn",
    ],
    rules: [
      ...[networkConfiguration, targetTypeIp, serviceAfterListener],
      ...[lbContainerPort, deploymentPercent],
    ],
    create: refuseService,
    update: updateService,
    history: firstDeployment,
    missing: "ServiceNotFoundException: Service not found: {value}",
    exists: "InvalidParameterException: Creation of service was not idempotent.",
    seconds: 120,
  },
  "aws:ecs/accountSettingDefault:AccountSettingDefault": {
    id: "{in.name}",
    outputs: { principalArn: "arn:{partition}:iam::{account}:root" },
    replaceOn: ["name"],
  },
};

function familyArn({ name, place }: Draft): string {
  return `arn:${place.partition}:ecs:${place.region}:${place.account}:task-definition/${name}`;
}

/** One more than the newest revision that is known. */
function nextRevision(draft: Draft): number {
  const family = familyArn(draft);
  const revisions = draft.cloud
    .all(TASK_DEFINITION)
    .filter(({ id }) => id.startsWith(`${family}:`))
    .map(({ id }) => Number(id.split(":").at(-1)));
  return Math.max(0, ...revisions) + 1;
}

const clusterName = ({ cluster = "default" }: Plain): string =>
  String(cluster).split("/").at(-1) ?? "";
