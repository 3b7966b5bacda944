import type * as pulumi from "@pulumi/pulumi";
import type { HostBackup } from "../../components/docker-host";
import { word } from "../machine/shell";
import { logAccess } from "./bucket-logs";
import { privateBucket, type PrivateBucket } from "./buckets";
import { DATA } from "./host-setup";
import type { Scope } from "./scope";

/**
 * Copies of a host's volumes, one object for the daily and one for those before a release: S3 keeps
 * the versions that are asked for and deletes the others, so the host needs no right to delete.
 */
export function backupBucket(
  scope: Scope,
  keep: number,
  keyArn: pulumi.Output<string>,
  logDays: number,
): PrivateBucket {
  const bucket = privateBucket(scope, "backups", {
    versioned: true,
    keyArn,
    lifecycle: [
      {
        id: "keep",
        status: "Enabled",
        filter: { prefix: "" },
        noncurrentVersionExpiration: { noncurrentDays: 1, newerNoncurrentVersions: keep - 1 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
      },
    ],
    statements: () => [],
  });
  logAccess(scope, "backups", bucket, { days: logDays });
  return bucket;
}

export interface BackupTarget {
  readonly bucket: string;
  readonly image: string;
  readonly namespace: string;
  readonly hostName: string;
  readonly region: string;
}

/**
 * Runs on the host, with `daily` or `release`. The copy is whole before it is sent: a stream that
 * broke off would be the newest version. It is no log: the driver of all other containers would
 * send it to CloudWatch.
 */
export function backupScript(
  { command, uid, volumes }: HostBackup,
  { bucket, image, namespace, hostName, region }: BackupTarget,
): string {
  const mounts = Object.entries(volumes).map(([path, volume]) => word(`${volume}:${path}`));
  return `#!/bin/bash
set -euo pipefail
export AWS_DEFAULT_REGION=${word(region)}
copy=$(mktemp ${DATA}/portolan/backup.XXXXXX)
trap 'rm -f "$copy"' EXIT
docker run --rm --user ${uid}:${uid} --network none --read-only --cap-drop ALL \\
  --security-opt no-new-privileges --log-driver none --volume /tmp \\
  ${mounts.map((mount) => `--volume ${mount}`).join(" ")} \\
  ${word(image)} ${command.map(word).join(" ")} | gzip > "$copy"
aws s3 cp --only-show-errors "$copy" "s3://${bucket}/$1.gz"
aws cloudwatch put-metric-data --namespace ${word(namespace)} --metric-name backup_stored \\
  --dimensions Host=${word(hostName)} --value 1
`;
}
