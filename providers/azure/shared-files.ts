import { ManagedEnvironmentsStorage } from "@pulumi/azure-native/app";
import {
  FileServiceProperties,
  FileShare,
  listStorageAccountKeysOutput,
  type StorageAccount,
} from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  SharedFilesLinks,
  SharedFilesOutputs,
  SharedFilesSpec,
} from "../../components/shared-files";
import { azure, type FilesAttachment, type NetworkAttachment } from "./attachments";
import { customerKey } from "./customer-key";
import { backUpShare } from "./file-backup";
import { appName, globalName } from "./names";
import { privateEndpoint } from "./private-endpoint";
import { byProfile } from "./profile";
import { settings } from "./settings";
import { storageAccount } from "./storage-account";

type Resolved = SharedFilesSpec & { readonly gid: number; readonly customerKey: boolean };
type Request = BuildRequest<Resolved, SharedFilesLinks>;

const describe: Parity<SharedFilesSpec> = {
  sizeGiB: "quota of an Azure Files share, at most 102400 GiB; a standard share is billed by use",
  uid:
    "owner of all files, by the mount: SMB has no owners of its own, so whoever mounts the share " +
    "sees everything as this user's. NFS would have them, and starts with a folder of root's",
  gid: "group of all files, by the mount",
  backupDays:
    "daily snapshots by Azure Backup, 1 to 200 days, and shares that were deleted come back within " +
    "two weeks; the snapshots lie in the account, which a protected stack locks",
  customerKey:
    "an RSA key in a vault of its own; fixed at creation. Infrastructure encryption is on without it, too",
};

function resolve(spec: SharedFilesSpec, { environment, path, problems }: ResolveContext): Resolved {
  if (!Number.isInteger(spec.sizeGiB) || spec.sizeGiB < 1 || spec.sizeGiB > 102400) {
    problems.add(`${path}.sizeGiB`, `${spec.sizeGiB} is not offered; give 1 to 102400 GiB`);
  }
  if (!Number.isInteger(spec.backupDays) || spec.backupDays < 0 || spec.backupDays > 200) {
    problems.add(
      `${path}.backupDays`,
      `${spec.backupDays} is not offered; give 1 to 200 days, or 0 for no backups`,
    );
  }
  for (const [key, value] of Object.entries({ uid: spec.uid, gid: spec.gid ?? spec.uid })) {
    if (!Number.isInteger(value) || value < 1) {
      problems.add(`${path}.${key}`, `${value} is root's or none; give a number of 1 or more`);
    }
  }
  return {
    ...spec,
    gid: spec.gid ?? spec.uid,
    customerKey: spec.customerKey ?? byProfile("customerKey", environment),
  };
}

function build(request: Request): SharedFilesOutputs {
  const { name, spec, links, parent, environment } = request;
  const network = azure<NetworkAttachment>(links.network.attachment);
  const { group } = network;
  network.gathered.open(name, { from: "apps", to: "endpoints", port: 445 });
  const account = storageAccount({
    logicalName: `${name}-store`,
    accountName: globalName(`${name}${environment.system}`, environment, settings(), 24),
    group,
    zoneRedundant: byProfile("zoneRedundant", environment),
    ...(spec.customerKey ? { key: customerKey({ name, environment, parent }) } : {}),
    // Container Apps mounts SMB shares by the account's key and by nothing else.
    sharedKeys: true,
    environment,
    options: { parent, protect: environment.protected },
  });
  const at = { accountName: account.name, resourceGroupName: group.name };
  const service = new FileServiceProperties(
    `${name}-service`,
    {
      ...at,
      fileServicesName: "default",
      shareDeleteRetentionPolicy: { enabled: true, days: 14 },
      protocolSettings: {
        smb: {
          versions: "SMB3.1.1",
          authenticationMethods: "NTLMv2",
          channelEncryption: "AES-128-GCM;AES-256-GCM",
        },
      },
    },
    { parent },
  );
  const share = new FileShare(
    `${name}-share`,
    { ...at, shareName: name, shareQuota: spec.sizeGiB, enabledProtocols: "SMB" },
    { parent, dependsOn: [service], protect: environment.protected },
  );
  if (spec.backupDays > 0) {
    backUpShare({ name, days: spec.backupDays, account, share, group, environment, parent });
  }
  const ready = privateEndpoint({
    name,
    service: "file",
    target: account.id,
    network,
    environment,
    parent,
  });
  const storage = mountable(request, network, account, share);
  const attachment: FilesAttachment = {
    cloud: "azure",
    storageName: appName(name),
    mountOptions: mountOptions(spec),
    ready: [storage, ready],
  };
  return { attachment };
}

/** Only the named user and group read and write. */
export const mountOptions = ({ uid, gid }: Pick<Resolved, "uid" | "gid">): string =>
  `uid=${uid},gid=${gid},dir_mode=0770,file_mode=0660,mfsymlinks,cache=strict`;

/** The share, as the environment of the containers knows it. The key goes no further than this. */
function mountable(
  { name, parent }: Request,
  { group, environment }: NetworkAttachment,
  account: StorageAccount,
  share: FileShare,
): ManagedEnvironmentsStorage {
  const { keys } = listStorageAccountKeysOutput(
    { accountName: account.name, resourceGroupName: group.name },
    { parent, dependsOn: [account] },
  );
  return new ManagedEnvironmentsStorage(
    `${name}-mount`,
    {
      storageName: appName(name),
      environmentName: environment.name,
      resourceGroupName: group.name,
      properties: {
        azureFile: {
          accountName: account.name,
          shareName: share.name,
          accountKey: pulumi.secret(keys.apply(([first]) => first?.value ?? "")),
          accessMode: "ReadWrite",
        },
      },
    },
    { parent },
  );
}

export const sharedFiles = builder({ cloud: "azure", describe, resolve, build });
