import { CloudError } from "../lib/table";
import type { CloudView, Draft, PackageTable, Place } from "../lib/table";
import type { Plain } from "../lib/values";

/** Account of a program that does not say which one it expects. */
const ACCOUNT = "123456789012";

/** The simulated AWS. */
export const provider: PackageTable = {
  name: "aws",
  services: {
    index: () => import("./account"),
    backup: () => import("./backup"),
    ebs: () => import("./ebs"),
    kinesis: () => import("./kinesis"),
    ec2: () => import("./ec2"),
    ecr: () => import("./ecr"),
    elasticache: () => import("./elasticache"),
    iam: () => import("./iam"),
    kms: () => import("./kms"),
    rds: () => import("./rds"),
    s3: () => import("./s3"),
    secretsmanager: () => import("./secretsmanager"),
    servicediscovery: () => import("./servicediscovery"),
    vpc: () => import("./vpc"),
    acm: () => import("./acm"),
    appautoscaling: () => import("./appautoscaling"),
    cloudwatch: () => import("./cloudwatch"),
    ecs: () => import("./ecs"),
    efs: () => import("./efs"),
    lambda: () => import("./lambda"),
    lb: () => import("./lb"),
    organizations: () => import("./organizations"),
    route53: () => import("./route53"),
    sns: () => import("./sns"),
    ssm: () => import("./ssm"),
    wafv2: () => import("./wafv2"),
  },
  place,
  scopes: { region: ["account", "region"], account: ["account"], global: [] },
  replaceOn: ["region"],
  common: { region: "{region}", tagsAll: (draft: Draft) => draft.inputs.tags },
  ambient,
};

/** Account, region and partition from the provider's configuration; a resource's own `region` wins. */
function place(config: Record<string, Plain>, inputs: Plain): Place {
  const region =
    inputs.region ?? config.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  if (typeof region !== "string") {
    throw new CloudError(
      "Missing region information: set it with `pulumi config set aws:region eu-central-1` or AWS_REGION",
    );
  }
  const account =
    config.allowedAccountIds?.[0] ?? accountOfRole(config.assumeRoles?.[0]?.roleArn) ?? ACCOUNT;
  return { account, region, partition: partitionOf(region) };
}

function accountOfRole(arn: unknown): string | undefined {
  return typeof arn === "string" ? arn.split(":")[4] : undefined;
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** What a network is born with, by the output of the VPC that names it. */
const BORN: Readonly<Record<string, string>> = {
  "aws:ec2/routeTable:RouteTable": "mainRouteTableId",
  "aws:ec2/securityGroup:SecurityGroup": "defaultSecurityGroupId",
  "aws:ec2/networkAcl:NetworkAcl": "defaultNetworkAclId",
};

/**
 * Policies, images and default groups that AWS itself provides in every account; and hosted zones, which a domain's owner
 * has delegated long before the first deployment.
 */
function ambient(type: string, value: string, cloud: CloudView): boolean {
  const born = BORN[type];
  if (born !== undefined && cloud.find("aws:ec2/vpc:Vpc", value, born) !== undefined) return true;
  if (type === "aws:route53/zone:Zone") return /^Z[A-Z0-9]{5,31}$/.test(value);
  return /^arn:aws[\w-]*:iam::aws:|^alias\/aws\/|:alias\/aws\/|^default(\.|$)/.test(value);
}
