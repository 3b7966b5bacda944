import { Plan } from "@pulumi/aws/backup/plan";
import { Selection } from "@pulumi/aws/backup/selection";
import { Vault } from "@pulumi/aws/backup/vault";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import type * as pulumi from "@pulumi/pulumi";
import { serviceRole } from "./identity";
import { physicalName, type Scope } from "./scope";

/** A copy of a file system every night, kept for some days in a vault of the stack. */
export function backUpFiles(
  scope: Scope,
  resource: pulumi.Output<string>,
  days: number,
  keyArn?: pulumi.Output<string>,
): void {
  const { name, environment, child, tags, partition } = scope;
  const vault = new Vault(
    `${name}-backups`,
    {
      name: physicalName(environment, name, 50),
      ...(keyArn ? { kmsKeyArn: keyArn } : {}),
      // A vault with copies in it cannot be destroyed otherwise.
      forceDestroy: !environment.protected,
      tags,
    },
    { ...child, protect: environment.protected },
  );
  const plan = new Plan(
    `${name}-backups`,
    {
      name: physicalName(environment, name, 50),
      rules: [
        {
          ruleName: "daily",
          targetVaultName: vault.name,
          schedule: "cron(0 3 * * ? *)",
          startWindow: 60,
          completionWindow: 480,
          lifecycle: { deleteAfter: days },
        },
      ],
      tags,
    },
    child,
  );
  const role = serviceRole(scope, `${name}-backups`, "backup.amazonaws.com");
  const policy = new RolePolicyAttachment(
    `${name}-backups`,
    {
      role: role.name,
      policyArn: `arn:${partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup`,
    },
    child,
  );
  new Selection(
    `${name}-backups`,
    {
      name: physicalName(environment, name, 50),
      planId: plan.id,
      iamRoleArn: role.arn,
      resources: [resource],
    },
    { ...child, dependsOn: policy },
  );
}
