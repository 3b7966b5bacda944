import { backupRegion } from "../../providers/aws/backup-region";
import { rolesOfTheStack } from "./aws-roles";
import { SERVICES, type Place, type Statement } from "./aws-statements";
import type { Purpose } from "./github";

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

function applyRights(place: Place): Statement[] {
  const { partition, accountId, region, bucketArn, keyArn } = place;
  const role = (name: string): string => `arn:${partition}:iam::${accountId}:role/${name}`;
  return [
    {
      Sid: "Deploy",
      Effect: "Allow",
      Action: SERVICES.map((service) => `${service}:*`),
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": [region, "us-east-1"] } },
    },
    ...copiesOfBackups(place),
    ...rolesOfTheStack(place),
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
      Resource: [
        ...[role("portolan-ci-*"), `arn:${partition}:iam::${accountId}:policy/portolan-ci-*`],
        ...[bucketArn, `${bucketArn}/*`, keyArn],
      ],
    },
  ];
}

/** Production keeps copies of its databases' backups in a second region, under a key there. */
function copiesOfBackups({ region }: Place): Statement[] {
  const second = backupRegion(region);
  if (second === undefined) return [];
  return [
    {
      Sid: "CopiesOfBackups",
      Effect: "Allow",
      Action: ["rds:*", "kms:*"],
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": [second] } },
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
