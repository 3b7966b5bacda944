import { Cluster } from "@pulumi/aws/ecs/cluster";
import type { Vpc } from "@pulumi/aws/ec2/vpc";
import { PrivateDnsNamespace } from "@pulumi/aws/servicediscovery/privateDnsNamespace";
import type { NetworkAttachment } from "./attachments";
import { smallFunction } from "./small-function";
import { PROFILES } from "./profile";
import { physicalName, type Scope } from "./scope";

type Parts = Pick<
  NetworkAttachment,
  "cluster" | "clusterName" | "namespaceId" | "namespaceName" | "deploymentCheck"
>;

/** Where the workloads of the stack run: one cluster, one naming zone, one proof of deployments. */
export function workloadCluster(scope: Scope, vpc: Vpc, logDays: number): Parts {
  const { name, environment, child, tags } = scope;
  const clusterName = physicalName(environment, name, 100);
  const cluster = new Cluster(
    `${name}-cluster`,
    {
      name: clusterName,
      settings: [
        { name: "containerInsights", value: PROFILES[environment.profile].containerInsights },
      ],
      tags,
    },
    child,
  );
  const namespaceName = `${physicalName(environment, name, 50)}.internal`;
  const namespace = new PrivateDnsNamespace(
    `${name}-names`,
    { name: namespaceName, vpc: vpc.id, description: "Services of the stack", tags },
    child,
  );
  const check = smallFunction(scope, "deployment-check", {
    file: "deployment-check.mjs",
    description: "Fails when a service does not run the task definition that was asked for",
    timeoutSeconds: 180,
    statements: [
      {
        actions: ["ecs:DescribeServices"],
        resources: [scope.arn("ecs", `service/${clusterName}/*`)],
      },
    ],
    logDays,
  });
  return {
    cluster,
    clusterName,
    namespaceId: namespace.id,
    namespaceName,
    deploymentCheck: { name: check.function.name, ready: check.function },
  };
}
