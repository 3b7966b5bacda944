import type * as pulumi from "@pulumi/pulumi";
import type { Purpose } from "./github";

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
const SERVICES = [
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

/** Names of restored databases begin so; the identity that makes them can delete no other. */
export const DRILL_PREFIX = "portolan-drill-";

/** Rights of each identity on the state and its key. */
export function stateRights(purpose: Purpose, place: Place): Statement[] {
  const { bucketArn, keyArn } = place;
  const allow = (Sid: string, Action: string[], Resource: Statement["Resource"]): Statement => ({
    ...{ Sid, Effect: "Allow", Action, Resource },
  });
  const objects = `${bucketArn}/.pulumi/*`;
  const read = [
    allow("ListState", ["s3:ListBucket"], bucketArn),
    allow("ReadState", ["s3:GetObject"], objects),
    allow("OpenState", ["kms:Decrypt", "kms:DescribeKey"], keyArn),
  ];
  if (purpose === "apply") {
    return [
      ...read,
      // Versions stay: whoever deletes a state deletes its newest version only.
      allow("WriteState", ["s3:PutObject", "s3:DeleteObject"], objects),
      allow("SealState", ["kms:Encrypt", "kms:GenerateDataKey"], keyArn),
    ];
  }
  // A refresh that only looks takes the stack's lock, too.
  const lock = `${bucketArn}/.pulumi/locks/*`;
  return [
    ...read,
    allow("LockState", ["s3:PutObject", "s3:DeleteObject"], lock),
    allow("SealLock", ["kms:GenerateDataKey"], keyArn),
  ];
}

/** What each identity may do besides. */
export function cloudRights(purpose: Purpose, place: Place): Statement[] {
  return { plan: planRights, apply: applyRights, drill: drillRights }[purpose](place);
}

/** A refresh reads the values of secrets, which whoever opens the state can read anyway. */
function planRights({ partition, accountId, region, stack }: Place): Statement[] {
  return [
    {
      Sid: "ReadSecretsOfTheStack",
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
      Resource: `arn:${partition}:secretsmanager:${region}:${accountId}:secret:*-${stack}/*`,
    },
  ];
}

function applyRights({ partition, accountId, region, bucketArn, keyArn }: Place): Statement[] {
  const role = (name: string): string => `arn:${partition}:iam::${accountId}:role/${name}`;
  return [
    {
      Sid: "Deploy",
      Effect: "Allow",
      Action: SERVICES.map((service) => `${service}:*`),
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": [region, "us-east-1"] } },
    },
    {
      Sid: "RolesOfTheStack",
      Effect: "Allow",
      Action: [
        ...["iam:CreateRole", "iam:DeleteRole", "iam:GetRole", "iam:TagRole", "iam:UntagRole"],
        ...["iam:UpdateRole", "iam:UpdateAssumeRolePolicy", "iam:ListRolePolicies"],
        ...["iam:PutRolePolicy", "iam:GetRolePolicy", "iam:DeleteRolePolicy"],
        ...["iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole"],
        ...["iam:CreateInstanceProfile", "iam:DeleteInstanceProfile", "iam:GetInstanceProfile"],
        ...["iam:AddRoleToInstanceProfile", "iam:RemoveRoleFromInstanceProfile"],
      ],
      Resource: [role("*"), `arn:${partition}:iam::${accountId}:instance-profile/*`],
    },
    {
      Sid: "HandRolesToServices",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: role("*"),
      Condition: {
        StringEquals: {
          "iam:PassedToService": [
            ...["backup", "ec2", "ecs", "ecs-tasks", "lambda", "logs", "vpc-flow-logs"],
            ...["monitoring.rds", "firehose"],
          ].map((service) => `${service}.amazonaws.com`),
        },
      },
    },
    {
      Sid: "ServiceLinkedRoles",
      Effect: "Allow",
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: role("aws-service-role/*"),
    },
    {
      Sid: "NeitherItselfNorItsState",
      Effect: "Deny",
      Action: [
        ...["iam:*", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:PutBucketPolicy"],
        ...["s3:PutBucketVersioning", "s3:PutBucketPublicAccessBlock", "s3:DeleteObjectVersion"],
        ...["s3:PutLifecycleConfiguration", "s3:PutEncryptionConfiguration"],
        ...[
          "kms:ScheduleKeyDeletion",
          "kms:DisableKey",
          "kms:PutKeyPolicy",
          "kms:DisableKeyRotation",
        ],
      ],
      Resource: [role("portolan-ci-*"), bucketArn, `${bucketArn}/*`, keyArn],
    },
  ];
}

/** Restores beside what runs, and removes that again: a name decides which is which. */
function drillRights({ partition, accountId, region }: Place): Statement[] {
  const rds = (kind: string, name: string): string =>
    `arn:${partition}:rds:${region}:${accountId}:${kind}:${name}`;
  return [
    {
      Sid: "Look",
      Effect: "Allow",
      Action: ["rds:DescribeDBInstances", "rds:DescribeDBInstanceAutomatedBackups"],
      Resource: "*",
    },
    {
      Sid: "Restore",
      Effect: "Allow",
      Action: ["rds:RestoreDBInstanceToPointInTime", "rds:AddTagsToResource"],
      Resource: [rds("db", "*"), rds("subgrp", "*"), rds("pg", "*"), rds("og", "*")],
    },
    {
      Sid: "RemoveWhatWasRestored",
      Effect: "Allow",
      Action: ["rds:DeleteDBInstance", "rds:ModifyDBInstance"],
      Resource: rds("db", `${DRILL_PREFIX}*`),
    },
    {
      Sid: "KeyOfTheDatabase",
      Effect: "Allow",
      Action: ["kms:CreateGrant", "kms:DescribeKey"],
      Resource: `arn:${partition}:kms:${region}:${accountId}:key/*`,
      Condition: { StringEquals: { "kms:ViaService": `rds.${region}.amazonaws.com` } },
    },
  ];
}
