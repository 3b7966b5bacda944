import type { Bucket } from "@pulumi/gcp/storage";
import type { HostBackup } from "../../components/docker-host";
import { DATA } from "../machine/release";
import { word } from "../machine/shell";
import { privateBucket } from "./buckets";
import type { CustomerKey } from "./customer-key";
import type { Scope } from "./scope";

/** Bears the time of the last good copy. */
export const STORED = `${DATA}/portolan/backup-stored`;
/** Key of the machine's metadata that names the bucket, so that its name is no part of a release. */
export const BACKUPS_KEY = "portolan-backups";
/** Line by which the age of the last copy is measured, every hour. */
export const AGE_LINE = "backup age in hours:";

export const AGE_SCRIPT = `#!/bin/sh
logger --tag portolan-backup "${AGE_LINE} $(( ($(date +%s) - $(stat --format %Y ${STORED})) / 3600 ))"
`;

/**
 * One object for the daily copies and one for those before a release. The bucket keeps the versions
 * that are asked for, and for a week what was deleted; the machine can read none of them.
 */
export function backupBucket(scope: Scope, keep: number, key?: CustomerKey): Bucket {
  return privateBucket(scope, "backups", {
    key,
    softDeleteDays: 7,
    versioning: { enabled: true },
    lifecycleRules: [
      {
        action: { type: "Delete" },
        condition: { numNewerVersions: keep, withState: "ARCHIVED" },
      },
    ],
  });
}

/** Runs on the host, with `daily` or `release`. The copy is whole before it is sent. */
export function backupScript(
  { command, uid, volumes }: HostBackup,
  { image, cloud }: { readonly image: string; readonly cloud: string },
): string {
  const mounts = Object.entries(volumes).map(
    ([path, volume]) => `--volume ${word(`${volume}:${path}`)}`,
  );
  return `#!/bin/bash
set -euo pipefail
${cloud}
bucket=$(curl --silent --fail --retry 5 --header 'Metadata-Flavor: Google' \\
  http://metadata.google.internal/computeMetadata/v1/instance/attributes/${BACKUPS_KEY})
copy=$(mktemp ${DATA}/portolan/backup.XXXXXX)
trap 'rm -f "$copy"' EXIT
docker run --rm --user ${uid}:${uid} --network none --read-only --cap-drop ALL --log-driver none \\
  --security-opt no-new-privileges --tmpfs /tmp:rw,nosuid,nodev,size=1g,uid=${uid} ${mounts.join(" ")} \\
  ${word(image)} ${command.map(word).join(" ")} | gzip > "$copy"
asking --request POST --header 'Content-Type: application/gzip' --upload-file "$copy" --output /dev/null \\
  "https://storage.googleapis.com/upload/storage/v1/b/$bucket/o?uploadType=media&name=$1.gz"
touch ${STORED}
`;
}
