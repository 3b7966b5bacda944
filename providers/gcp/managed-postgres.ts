import * as pulumi from "@pulumi/pulumi";
import { Database, DatabaseInstance, User } from "@pulumi/gcp/sql";
import { RandomBytes } from "@pulumi/random/randomBytes";
import { builder, type BuildRequest, type Parity } from "../../components/builder";
import type {
  ManagedPostgresLinks,
  ManagedPostgresOutputs,
  ManagedPostgresSpec,
} from "../../components/managed-postgres";
import { gcp, type NetworkAttachment, type StoreAttachment } from "./attachments";
import { agentOf, customerKey } from "./customer-key";
import { foundation } from "./foundation";
import { labels } from "./labels";
import { keepLogs } from "./log-store";
import { resolvePostgres, type ResolvedPostgres } from "./postgres-spec";
import { stemOf } from "./names";
import { settings } from "./settings";

const PORT = 5432;

/** `postgres`, `cloudsqladmin` and `cloudsqlsuperuser` belong to the service. */
const ADMIN = "portolan_admin";

const describe: Parity<ManagedPostgresSpec> = {
  version:
    "Cloud SQL for PostgreSQL, POSTGRES_<version>, edition Enterprise said explicitly: newer versions default to one that refuses these sizes",
  database: "a database of the instance",
  cpu: "db-custom tiers: 1 or an even number of vCPUs",
  memoryMiB: "0.9 to 6.5 GiB per vCPU in steps of 256 MiB, at least 3.75 GiB",
  storageGiB:
    "SSD; with `maxStorageGiB` it is the size at birth, since growth is left to the service",
  maxStorageGiB: "automatic storage increase up to this; the disk never shrinks",
  highAvailability: "REGIONAL availability: a standby in a second zone with the same address",
  backupDays:
    "one automated backup a day, this many kept; point in time reaches back 7 days, the edition's limit",
  geoRedundantBackup:
    "backups in the multi-region around the stack's region (us, eu, asia) instead of the region alone",
  customerKey: "a Cloud KMS key in the region, granted to Cloud SQL's service agent first",
  extensions: "created by the bootstrap job; Cloud SQL has a fixed list and needs no allow-list",
  parameters: "database flags; `max_connections` and connection logging are always written out",
  logDays: "a log bucket with this retention, filled by a sink on the instance's log",
  containerName: "accepted: there are no container names on this target",
};

function buildPostgres(
  request: BuildRequest<ResolvedPostgres, ManagedPostgresLinks>,
): ManagedPostgresOutputs {
  const { name, spec, links, parent, environment } = request;
  const { project, region } = settings();
  const { apis } = foundation(request);
  const network = gcp<NetworkAttachment>(links.network.attachment);
  const key = spec.customerKey ? customerKey(request, agentOf(request, "sqladmin")) : undefined;

  const instance = new DatabaseInstance(
    // No fixed name: that of a deleted instance stays taken for a week.
    stemOf(`${name}-server`, environment, 60),
    {
      project,
      region,
      databaseVersion: `POSTGRES_${spec.version}`,
      ...(key ? { encryptionKeyName: key.id } : {}),
      deletionProtection: environment.protected,
      settings: {
        tier: spec.size.tier,
        edition: "ENTERPRISE",
        availabilityType: spec.highAvailability ? "REGIONAL" : "ZONAL",
        diskType: "PD_SSD",
        diskSize: spec.storageGiB,
        diskAutoresize: spec.maxStorageGiB !== undefined,
        ...(spec.maxStorageGiB === undefined ? {} : { diskAutoresizeLimit: spec.maxStorageGiB }),
        ipConfiguration: {
          ipv4Enabled: false,
          privateNetwork: network.network.id,
          sslMode: "ENCRYPTED_ONLY",
          // Signed by an authority of this instance alone: checking it is enough, even by address.
          serverCaMode: "GOOGLE_MANAGED_INTERNAL_CA",
        },
        backupConfiguration: {
          enabled: true,
          pointInTimeRecoveryEnabled: true,
          transactionLogRetentionDays: 7,
          startTime: "02:00",
          location: spec.backupLocation ?? region,
          backupRetentionSettings: { retainedBackups: spec.backupDays, retentionUnit: "COUNT" },
        },
        retainBackupsOnDelete: environment.protected,
        ...(environment.protected
          ? { finalBackupConfig: { enabled: true, retentionDays: spec.backupDays } }
          : {}),
        maintenanceWindow: { day: 7, hour: 4, updateTrack: "stable" },
        insightsConfig: {
          queryInsightsEnabled: true,
          queryStringLength: 1024,
          recordApplicationTags: true,
          recordClientAddress: false,
        },
        databaseFlags: Object.entries(spec.flags).map(([flag, value]) => ({ name: flag, value })),
        deletionProtectionEnabled: environment.protected,
        userLabels: labels(environment, name),
      },
    },
    {
      parent,
      protect: environment.protected,
      dependsOn: [apis.sqladmin, network.stores, ...(key ? [key.granted] : [])],
      // A disk that has grown by itself would be taken for one to shrink, and that replaces.
      ...(spec.maxStorageGiB === undefined ? {} : { ignoreChanges: ["settings.diskSize"] }),
      customTimeouts: { create: "60m", update: "60m", delete: "60m" },
    },
  );
  const database = new Database(
    `${name}-database`,
    // The service refuses to drop a database with connections; it goes with its instance.
    { project, instance: instance.name, name: spec.database, deletionPolicy: "ABANDON" },
    { parent, protect: environment.protected },
  );
  const password = new RandomBytes(`${name}-admin-password`, { length: 24 }, { parent });
  const admin = new User(
    `${name}-admin`,
    {
      project,
      instance: instance.name,
      name: ADMIN,
      password: pulumi.secret(password.hex),
      // A role that owns objects cannot be dropped either.
      deletionPolicy: "ABANDON",
    },
    // One change of an instance at a time.
    { parent, dependsOn: [database] },
  );
  const metricId = pulumi.interpolate`${project}:${instance.name}`;
  keepLogs(
    request,
    "logs",
    pulumi.interpolate`resource.type="cloudsql_database" AND resource.labels.database_id="${metricId}"`,
    spec.logDays,
  );
  const host = instance.privateIpAddress;
  const caPem = instance.serverCaCerts.apply((certs) => certs.map(({ cert }) => cert).join("\n"));
  const attachment: StoreAttachment = {
    cloud: "gcp",
    kind: "store",
    address: host,
    caPem,
    metricId,
    maxConnections: Number(spec.flags.max_connections),
    ready: [database, admin],
  };
  return {
    host,
    port: PORT,
    adminUser: admin.name,
    adminPassword: pulumi.secret(password.hex),
    caPem,
    endpoint: { name, port: PORT, attachment },
    attachment,
  };
}

export const managedPostgres = builder({
  cloud: "gcp",
  describe,
  resolve: resolvePostgres,
  build: buildPostgres,
});
