import { CloudError } from "../lib/table";
import type { Draft, Failure, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { ECS_SERVICE, UUID } from "./refs";

const TARGET = "aws:appautoscaling/target:Target";
const ARN = "arn:{partition}:application-autoscaling:{region}:{account}";

export const types: Record<string, TypeTable> = {
  [TARGET]: {
    // The real provider's ID is the resource alone, which two dimensions of it share.
    id: "{in.serviceNamespace}/{in.resourceId}/{in.scalableDimension}",
    outputs: {
      arn: `${ARN}:scalable-target/{hex:36}`,
      roleArn:
        "arn:{partition}:iam::{account}:role/aws-service-role/{in.serviceNamespace}.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling",
    },
    replaceOn: ["serviceNamespace", "resourceId", "scalableDimension"],
    validate: badCapacity,
    create: refuseMissingService,
  },
  "aws:appautoscaling/policy:Policy": {
    name: { property: "name", max: 256, within: ["resourceId", "scalableDimension"] },
    defaults: { policyType: "StepScaling" },
    outputs: {
      arn: `arn:{partition}:autoscaling:{region}:{account}:scalingPolicy:${UUID}:resource/{in.serviceNamespace}/{in.resourceId}:policyName/{name}`,
      alarmArns: () => [],
    },
    replaceOn: ["serviceNamespace", "resourceId", "scalableDimension"],
    create: refuseUnregistered,
  },
  "aws:appautoscaling/scheduledAction:ScheduledAction": {
    name: { property: "name", max: 256, within: ["resourceId"] },
    id: "{name}-{in.serviceNamespace}-{in.resourceId}",
    outputs: { arn: `arn:{partition}:autoscaling:{region}:{account}:scheduledAction:${UUID}` },
    replaceOn: ["serviceNamespace", "resourceId", "scalableDimension"],
    create: refuseUnregistered,
  },
};

function badCapacity({ minCapacity, maxCapacity }: Plain): Failure[] {
  if (typeof minCapacity !== "number" || typeof maxCapacity !== "number") return [];
  if (minCapacity <= maxCapacity) return [];
  return [
    {
      property: "maxCapacity",
      reason: `ValidationException: Maximum capacity cannot be less than minimum capacity (${minCapacity})`,
    },
  ];
}

function refuseMissingService({ inputs, cloud }: Draft): undefined {
  if (inputs.serviceNamespace !== "ecs") return undefined;
  const path = String(inputs.resourceId);
  if (cloud.all(ECS_SERVICE).some(({ id }) => id.endsWith(`:${path}`))) return undefined;
  throw new CloudError(`ValidationException: ECS service doesn't exist: ${path}`);
}

function refuseUnregistered({ inputs, cloud }: Draft): undefined {
  const { serviceNamespace, resourceId, scalableDimension } = inputs;
  const registered = cloud.all(TARGET).some(({ outputs }) => {
    const target: Plain = plain(outputs);
    return target.resourceId === resourceId && target.scalableDimension === scalableDimension;
  });
  if (registered) return undefined;
  throw new CloudError(
    `ObjectNotFoundException: No scalable target registered for service namespace: ${serviceNamespace}, ` +
      `resource ID: ${resourceId}, scalable dimension: ${scalableDimension}`,
  );
}
