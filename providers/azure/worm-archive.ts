import {
  BlobContainer,
  BlobContainerImmutabilityPolicy,
  BlobServiceProperties,
  type StorageAccount,
} from "@pulumi/azure-native/storage";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  WormArchiveLinks,
  WormArchiveOutputs,
  WormArchiveSpec,
} from "../../components/worm-archive";
import { azure, type ArchiveAttachment, type NetworkAttachment } from "./attachments";
import { customerKey } from "./customer-key";
import { logWorkspace, retentionOf, sendLogs } from "./logs";
import { autoNamed } from "./names";
import { byProfile } from "./profile";
import { settings } from "./settings";
import { storageAccount } from "./storage-account";
import { tagsOf } from "./tags";
import { lockScript } from "./worm-lock";

type Request = BuildRequest<WormArchiveSpec, WormArchiveLinks>;

/** Tables that can hold audit logs. The export makes one container for each, by this name. */
export const AUDIT_TABLES = ["ContainerAppConsoleLogs", "PGSQLServerLogs"] as const;

/** The longest that Azure takes, days: 400 years. */
const LONGEST = 146_000;

const describe: Parity<WormArchiveSpec> = {
  retentionDays:
    "time-based retention per container, counted from each blob's creation; the export may append " +
    "to a blob and change nothing. A locked one is extended by the update, and never shortened",
  mode:
    "compliance: the policies are locked by the update, for good. governance: they stay unlocked, and " +
    "whoever may write policies can take them away",
  writers:
    "logs: a storage account that the log store's export writes to. workloads is refused: " +
    "applications write by the S3 API, which Azure's storage does not speak",
  coolAfterDays:
    "accepted, without effect: the export writes append blobs, and those have no cheaper class",
  coldAfterDays: "accepted, without effect, as coolAfterDays",
  accessLogDays: "reads, writes and deletions in a Log Analytics workspace of the archive's own",
};

function resolve(spec: WormArchiveSpec, { path, problems }: ResolveContext): WormArchiveSpec {
  if (spec.writers === "workloads") {
    problems.add(
      `${path}.writers`,
      "workloads is not supported on azure: applications write by the S3 API with its lock headers, " +
        "which Azure's storage does not speak; give the application a bucket elsewhere",
    );
  }
  const { retentionDays: days } = spec;
  if (!Number.isInteger(days) || days < 1 || days > LONGEST) {
    problems.add(`${path}.retentionDays`, `${days} is not offered; give 1 to ${LONGEST}`);
  }
  if (!retentionOf(spec.accessLogDays)) {
    problems.add(`${path}.accessLogDays`, `${spec.accessLogDays} is not offered; at most 4383`);
  }
  return spec;
}

function build(request: Request): WormArchiveOutputs {
  const { name, spec, links, parent, environment } = request;
  const network = azure<NetworkAttachment>(links.network.attachment);
  const options = { parent, protect: environment.protected, retainOnDelete: true };
  // A group of its own: Azure deletes a group with all that is in it, and this outlives the stack.
  const group = new ResourceGroup(
    autoNamed(`rg-${environment.system}-${environment.stack}-${name}`, 90),
    { location: settings().location, tags: tagsOf(environment) },
    options,
  );
  const key = customerKey({ name, environment, parent, kept: group });
  const account = storageAccount({
    // Automatic: after a destroy the old archive still has its name, and a new one needs another.
    logicalName: autoNamed(name.replace(/[^a-z0-9]/g, ""), 24),
    group,
    zoneRedundant: byProfile("zoneRedundant", environment),
    key,
    // The export comes in as a service that Azure trusts.
    sharedKeys: false,
    environment,
    options,
  });
  const service = new BlobServiceProperties(
    `${name}-service`,
    {
      accountName: account.name,
      resourceGroupName: group.name,
      blobServicesName: "default",
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true, days: 14 },
      containerDeleteRetentionPolicy: { enabled: true, days: 14 },
    },
    options,
  );
  const sealed = AUDIT_TABLES.map((table) =>
    container(request, { account, group, table, service }),
  );
  const workspace = logWorkspace({
    name,
    environment,
    parent,
    days: spec.accessLogDays,
    tables: ["StorageBlobLogs"],
  });
  sendLogs({
    name,
    parent,
    from: { id: pulumi.interpolate`${account.id}/blobServices/default` },
    to: workspace,
    categories: ["StorageRead", "StorageWrite", "StorageDelete"],
    dedicated: true,
  });
  if (spec.mode === "compliance") {
    for (const [index, policy] of sealed.entries()) {
      lockScript({
        name: `${name}-${AUDIT_TABLES[index]}`,
        policy,
        days: spec.retentionDays,
        runner: network.group,
        scope: group,
        environment,
        parent,
      });
    }
  }
  const attachment: ArchiveAttachment = { cloud: "azure", account, ready: sealed };
  return { bucket: account.name, region: pulumi.output(""), attachment };
}

/** The container that the export of one table will find, and what keeps its blobs. */
function container(
  { name, spec, parent, environment }: Request,
  at: {
    readonly account: StorageAccount;
    readonly group: ResourceGroup;
    readonly table: string;
    readonly service: pulumi.Resource;
  },
): BlobContainerImmutabilityPolicy {
  const options = { parent, protect: environment.protected, retainOnDelete: true };
  const place = { accountName: at.account.name, resourceGroupName: at.group.name };
  const blobs = new BlobContainer(
    `${name}-${at.table}`,
    { ...place, containerName: `am-${at.table.toLowerCase()}`, publicAccess: "None" },
    { ...options, dependsOn: [at.service] },
  );
  return new BlobContainerImmutabilityPolicy(
    `${name}-${at.table}-kept`,
    {
      ...place,
      containerName: blobs.name,
      immutabilityPolicyName: "default",
      immutabilityPeriodSinceCreationInDays: spec.retentionDays,
      allowProtectedAppendWrites: true,
    },
    {
      ...options,
      // A locked policy takes no update but the extension that the script asks for.
      ...(spec.mode === "compliance"
        ? { ignoreChanges: ["immutabilityPeriodSinceCreationInDays"] }
        : {}),
    },
  );
}

export const wormArchive = builder({ cloud: "azure", describe, resolve, build });
