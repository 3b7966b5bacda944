import { Secret } from "@pulumi/azure-native/keyvault";
import { BlobContainer, BlobServiceProperties } from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { RandomBytes } from "@pulumi/random/randomBytes";
import type { Environment } from "../../components/cloud";
import type { HostBackup } from "../../components/docker-host";
import { DATA } from "../machine/release";
import { word } from "../machine/shell";
import type { NetworkAttachment } from "./attachments";
import { customerKey } from "./customer-key";
import { globalName } from "./names";
import { privateEndpoint } from "./private-endpoint";
import { byProfile } from "./profile";
import { settings } from "./settings";
import { storageAccount } from "./storage-account";
import { tagsOf } from "./tags";
import { keyVault } from "./vault";

/** Program that writes the line of a stored backup, and the line's beginning. */
export const BACKUP_PROGRAM = "portolan-backup";
export const BACKUP_DONE = "backup stored";

export interface BackupStore {
  readonly container: BlobContainer;
  /** Address of the container. */
  readonly url: pulumi.Output<string>;
  /** What the copies are encrypted with, before they leave the machine. */
  readonly key: Secret;
  /** Who writes copies waits for these. */
  readonly ready: readonly pulumi.Resource[];
}

/** Where copies of a host's volumes are kept, and the key that makes them unreadable on the way. */
export function backupStore(request: {
  readonly name: string;
  readonly network: NetworkAttachment;
  readonly environment: Environment;
  readonly parent: pulumi.ComponentResource;
}): BackupStore {
  const { name, network, environment, parent } = request;
  const { group } = network;
  const role = `${name}-backups`;
  const account = storageAccount({
    logicalName: `${role}-store`,
    accountName: globalName(`bak${environment.system}`, environment, settings(), 24),
    group,
    zoneRedundant: network.zoneRedundant,
    ...(byProfile("customerKey", environment)
      ? { key: customerKey({ name: role, environment, parent }) }
      : {}),
    sharedKeys: false,
    environment,
    options: { parent, protect: environment.protected },
  });
  const at = { accountName: account.name, resourceGroupName: group.name };
  const service = new BlobServiceProperties(
    `${role}-service`,
    {
      ...at,
      blobServicesName: "default",
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true, days: 7 },
      containerDeleteRetentionPolicy: { enabled: true, days: 7 },
    },
    { parent },
  );
  const container = new BlobContainer(
    `${role}-container`,
    { ...at, containerName: "backups", publicAccess: "None" },
    { parent, dependsOn: [service], protect: environment.protected },
  );
  const record = privateEndpoint({
    name: role,
    service: "blob",
    target: account.id,
    network,
    environment,
    parent,
  });
  const vault = keyVault({
    name: `${name}-copies`,
    environment,
    group,
    options: { parent },
    purgeProtection: environment.protected,
  });
  const bytes = new RandomBytes(
    `${role}-key`,
    { length: 32 },
    { parent, protect: environment.protected, ignoreChanges: ["length"] },
  );
  const key = new Secret(
    `${role}-key`,
    {
      secretName: "backup-key",
      vaultName: vault.name,
      resourceGroupName: group.name,
      properties: { value: pulumi.secret(bytes.hex), attributes: { enabled: true } },
      tags: tagsOf(environment),
    },
    { parent, additionalSecretOutputs: ["properties.value"] },
  );
  const vaultRecord = privateEndpoint({
    name: `${role}-vault`,
    service: "vault",
    target: vault.id,
    network,
    environment,
    parent,
  });
  return {
    container,
    url: pulumi.interpolate`https://${account.name}.blob.core.windows.net/${container.name}`,
    key,
    ready: [record, vaultRecord, container],
  };
}

/**
 * Runs on the host, with `daily` or `release`. The copy is whole and encrypted before it is sent; what
 * is older than the copies that are kept goes afterwards. Azure keeps what was deleted for a week more.
 */
export function backupScript(
  { command, uid, volumes, keep }: HostBackup,
  place: {
    readonly image: string;
    readonly url: string;
    readonly key: string;
    readonly cloud: string;
  },
): string {
  const { image, url, key, cloud } = place;
  const mounts = Object.entries(volumes).map(
    ([path, volume]) => `--volume ${word(`${volume}:${path}`)}`,
  );
  return `#!/bin/bash
set -euo pipefail
${cloud}
copy=$(mktemp ${DATA}/portolan/backup.XXXXXX)
trap 'rm -f "$copy"' EXIT
docker run --rm --user ${uid}:${uid} --network none --read-only --cap-drop ALL --log-driver none \\
  --security-opt no-new-privileges --tmpfs /tmp:rw,nosuid,nodev,size=1g,uid=${uid} ${mounts.join(" ")} \\
  ${word(image)} ${command.map(word).join(" ")} |
  gzip |
  gpg --batch --quiet --symmetric --cipher-algo AES256 --passphrase-file <(secret ${word(key)}) > "$copy"
store=${word(url)}
version="x-ms-version: 2023-11-03"
asking https://storage.azure.com/ --request PUT --upload-file "$copy" --header "$version" \\
  --header "x-ms-blob-type: BlockBlob" "$store/$(date --utc +%Y%m%dT%H%M%SZ)-$1.gz.gpg"
asking https://storage.azure.com/ --header "$version" "$store?restype=container&comp=list" |
  grep --only-matching '<Name>[^<]*' | cut --delimiter '>' --fields 2 | sort | head --lines -${keep} |
  while read -r old; do
    asking https://storage.azure.com/ --request DELETE --header "$version" "$store/$old"
  done
logger --priority local0.info --tag ${BACKUP_PROGRAM} "${BACKUP_DONE} $1"
`;
}
