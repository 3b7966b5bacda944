import type * as pulumi from "@pulumi/pulumi";

/** Where a stack's rights are, as far as policies name it. */
export interface Place {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  readonly stack: string;
  readonly bucketArn: string;
  readonly keyArn: pulumi.Input<string>;
}

export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource: pulumi.Input<string> | readonly pulumi.Input<string>[];
  readonly Condition?: object;
}

/** Services that the applications are made of. */
export const SERVICES = [
  ...[
    "acm",
    "application-autoscaling",
    "backup",
    "backup-storage",
    "cloudwatch",
    "ec2",
    "ecr",
    "ecs",
  ],
  ...[
    "elasticache",
    "elasticfilesystem",
    "elasticloadbalancing",
    "events",
    "firehose",
    "kms",
    "lambda",
  ],
  ...["logs", "rds", "route53", "s3", "secretsmanager", "servicediscovery", "sns", "ssm", "wafv2"],
];
