import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";
import { FlowLog } from "@pulumi/aws/ec2/flowLog";
import type { Vpc } from "@pulumi/aws/ec2/vpc";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { allow, serviceRole } from "./identity";
import { folder, type Scope } from "./scope";

/** Records every connection that the network accepted or refused. */
export function flowLogs(scope: Scope, vpc: Vpc, days: number): void {
  const { name, child, tags, environment } = scope;
  const group = new LogGroup(
    `${name}-flows`,
    { name: `/portolan/${folder(environment)}/${name}-flows`, retentionInDays: days, tags },
    child,
  );
  const role = serviceRole(scope, `${name}-flows`, "vpc-flow-logs.amazonaws.com");
  const policy = new RolePolicy(
    `${name}-flows`,
    {
      role: role.name,
      policy: allow([
        {
          actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
          resources: [
            scope.arn("logs", `log-group:/portolan/${folder(environment)}/${name}-flows:*`),
          ],
        },
      ]),
    },
    child,
  );
  new FlowLog(
    `${name}-flows`,
    {
      vpcId: vpc.id,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 600,
      tags,
    },
    { ...child, dependsOn: policy },
  );
}
