import type { Resource } from "../resource";
import { appRunnerContainers, batchContainers, lambdaContainers, taskContainers } from "./aws";
import { appContainers, groupContainers } from "./azure";
import { dockerContainer, swarmContainer } from "./docker";
import { jobContainers, legacyServiceContainers, serviceContainers } from "./gcp";
import type { Containers } from "./view";

/** Everything that runs containers, by type. */
export const CONTAINER_TYPES: Readonly<Record<string, (resource: Resource) => Containers>> = {
  "aws:ecs/taskDefinition:TaskDefinition": taskContainers,
  "aws:batch/jobDefinition:JobDefinition": batchContainers,
  "aws:apprunner/service:Service": appRunnerContainers,
  "azure-native:app:ContainerApp": appContainers,
  "azure-native:app:Job": appContainers,
  "azure-native:containerinstance:ContainerGroup": groupContainers,
  "azure-native:containerinstance:ContainerGroupProfile": groupContainers,
  "azure:containerapp/app:App": appContainers,
  "azure:containerapp/job:Job": appContainers,
  "azure:containerservice/group:Group": groupContainers,
  "gcp:cloudrunv2/service:Service": serviceContainers,
  "gcp:cloudrunv2/workerPool:WorkerPool": serviceContainers,
  "gcp:cloudrunv2/job:Job": jobContainers,
  "gcp:cloudrun/service:Service": legacyServiceContainers,
  "docker:index/container:Container": dockerContainer,
  "docker:index/service:Service": swarmContainer,
};

/** {@link CONTAINER_TYPES} and what carries an environment without a container of its own. */
export const ENVIRONMENT_TYPES: typeof CONTAINER_TYPES = {
  ...CONTAINER_TYPES,
  "aws:lambda/function:Function": lambdaContainers,
};

/** Where a container can be given privileges at all; Cloud Run, Container Apps and App Runner have no way to. */
export const PRIVILEGE_TYPES = [
  "aws:ecs/taskDefinition:TaskDefinition",
  "aws:batch/jobDefinition:JobDefinition",
  "azure-native:containerinstance:ContainerGroup",
  "azure-native:containerinstance:ContainerGroupProfile",
  "azure:containerservice/group:Group",
  "docker:index/container:Container",
  "docker:index/service:Service",
];

/** The containers of a resource; none for other types. */
export function containersOf(resource: Resource): Containers {
  return ENVIRONMENT_TYPES[resource.type]?.(resource) ?? { containers: [], unknown: [] };
}
