import { Alias } from "@pulumi/aws/kms/alias";
import { Key } from "@pulumi/aws/kms/key";
import type { Instance } from "@pulumi/aws/rds/instance";
import { InstanceAutomatedBackupsReplication } from "@pulumi/aws/rds/instanceAutomatedBackupsReplication";
import { backupRegion } from "./backup-region";
import { physicalName, type Scope } from "./scope";

/** Replicates the automated backups; the copy needs a key of the region it lies in. */
export function copyBackups(scope: Scope, instance: Instance, days: number): void {
  const { name, child, environment, tags, partition, accountId } = scope;
  const region = backupRegion(scope.region);
  if (!region) throw new Error(`no region is paired with ${scope.region}`);
  const key = new Key(
    `${name}-copy-key`,
    {
      region,
      description: `Copies of the backups of ${name}`,
      enableKeyRotation: true,
      deletionWindowInDays: environment.protected ? 30 : 7,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Account",
            Effect: "Allow",
            Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
            Action: "kms:*",
            Resource: "*",
          },
        ],
      }),
      tags,
    },
    { ...child, protect: environment.protected },
  );
  new Alias(
    `${name}-copy-key`,
    {
      region,
      name: `alias/${physicalName(environment, `${name}-copy-key`, 200)}`,
      targetKeyId: key.id,
    },
    child,
  );
  new InstanceAutomatedBackupsReplication(
    `${name}-copies`,
    {
      region,
      sourceDbInstanceArn: instance.arn,
      kmsKeyId: key.arn,
      retentionPeriod: days,
    },
    { ...child, customTimeouts: { create: "75m", delete: "75m" } },
  );
}
