import type { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import type { Vpc } from "@pulumi/aws/ec2/vpc";
import { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import type * as pulumi from "@pulumi/pulumi";
import type { Layout } from "./network-layout";
import type { Scope } from "./scope";
import { securityGroup } from "./security-groups";
import type { ZoneSubnets } from "./subnets";

/** Services a Fargate task talks to before and while its program runs. */
const INTERFACES = ["ecr.api", "ecr.dkr", "logs", "secretsmanager"];

/** What a machine needs besides: Systems Manager, and CloudWatch for its own metrics. */
const HOST_INTERFACES = ["ssm", "ssmmessages", "monitoring"];

export interface Endpoints {
  readonly group: SecurityGroup;
  readonly s3PrefixList: pulumi.Output<string>;
  readonly all: pulumi.Resource[];
  /** Endpoints for machines, made when the first one asks: they cost money. */
  readonly forHosts: () => readonly pulumi.Resource[];
}

/**
 * Private ways to AWS's own services, with a gateway to the internet and without. A security group
 * cannot tell AWS's public addresses from the rest of the internet, so a workload whose egress is
 * `none` could not pull its image any other way.
 */
export function connectServices(
  scope: Scope,
  vpc: Vpc,
  layout: Layout,
  zones: readonly ZoneSubnets[],
  spread: "one" | "all",
): Endpoints {
  const { name, child, region } = scope;
  const group = securityGroup(
    { ...scope, name: `${name}-endpoints` },
    { vpcId: vpc.id },
    "AWS services",
  );
  const rules = zones.map(
    (zone) =>
      new SecurityGroupIngressRule(
        `${name}-endpoints-from-${zone.zone}`,
        {
          securityGroupId: group.id,
          description: `From the workloads in ${zone.zone}`,
          cidrIpv4: zone.private,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          tags: scope.tags,
        },
        child,
      ),
  );
  const connect = (service: string): VpcEndpoint =>
    new VpcEndpoint(
      `${name}-${service.replace(".", "-")}`,
      {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: spread === "all" ? layout.privateSubnets : layout.privateSubnets.slice(0, 1),
        securityGroupIds: [group.id],
        tags: scope.named(service),
      },
      child,
    );
  const interfaces = INTERFACES.map(connect);
  let hostInterfaces: readonly VpcEndpoint[] | undefined;
  const s3 = new VpcEndpoint(
    `${name}-s3`,
    {
      vpcId: vpc.id,
      serviceName: `com.amazonaws.${region}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: layout.privateTables.map(({ id }) => id),
      policy: s3Policy(scope),
      tags: scope.named("s3"),
    },
    child,
  );
  return {
    group,
    s3PrefixList: s3.prefixListId,
    all: [...rules, ...interfaces, s3],
    forHosts: () => (hostInterfaces ??= HOST_INTERFACES.map(connect)),
  };
}

/**
 * The gateway leads to every bucket in the region, so its policy is what keeps data from leaving:
 * ECR's layers and Amazon Linux's packages may be read, and the account's own buckets used.
 */
function s3Policy({ partition, region, accountId }: Scope): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ImageLayers",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: `arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`,
      },
      {
        Sid: "AmazonLinuxPackages",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: `arn:${partition}:s3:::al2023-repos-${region}-de612dc2/*`,
      },
      {
        Sid: "OwnBuckets",
        Effect: "Allow",
        Principal: "*",
        Action: [
          ...["s3:GetObject", "s3:PutObject", "s3:PutObjectRetention"],
          ...["s3:DeleteObject", "s3:ListBucket"],
        ],
        Resource: `arn:${partition}:s3:::*`,
        Condition: { StringEquals: { "aws:ResourceAccount": accountId } },
      },
    ],
  });
}
