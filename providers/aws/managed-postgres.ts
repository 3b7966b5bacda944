import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";
import { Instance } from "@pulumi/aws/rds/instance";
import { ParameterGroup } from "@pulumi/aws/rds/parameterGroup";
import { SubnetGroup } from "@pulumi/aws/rds/subnetGroup";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { attachmentOf } from "../../components/attachment";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  ManagedPostgresBuilder,
  ManagedPostgresLinks,
  ManagedPostgresOutputs,
  ManagedPostgresSpec,
} from "../../components/managed-postgres";
import type { NetworkAttachment, PostgresAttachment } from "./attachments";
import { copyBackups } from "./backup-copies";
import { backupRegion } from "./backup-region";
import { customerKey } from "./keys";
import { checkLogDays } from "./log-days";
import { FIXED, maxConnections, parameters } from "./postgres-parameters";
import { PROFILES } from "./profile";
import { physicalName, scopeOf, type Scope } from "./scope";
import { readSettings } from "./settings";
import { DATABASE_SIZES, storeSize, type StoreSize } from "./sizes";
import { securityGroup } from "./security-groups";

interface Resolved extends Required<Omit<ManagedPostgresSpec, "containerName">> {
  readonly size: StoreSize;
}

const PORT = 5432;

/** Not `admin`, which the engine keeps for itself. */
const ADMIN = "portolan_admin";

const describe: Parity<ManagedPostgresSpec> = {
  version: "RDS for PostgreSQL, newest minor version of the major one",
  database: "initial database of the instance",
  cpu: "smallest Graviton class with at least this",
  memoryMiB: "smallest Graviton class with at least this",
  storageGiB: "gp3, 20 GiB or more",
  maxStorageGiB: "storage autoscaling of RDS",
  highAvailability: "Multi-AZ: a synchronous standby in a second zone",
  backupDays: "automated backups with point-in-time recovery, copied tags, kept after a deletion",
  geoRedundantBackup: "automated backups replicated to a paired region of the same continent",
  customerKey: "KMS key of the stack; otherwise the key aws/rds",
  extensions: "RDS allows every extension it ships; the bootstrap job creates them",
  parameters: "parameter group; static ones wait for a reboot",
  logDays: "postgresql and upgrade logs in CloudWatch Logs",
  containerName: "accepted: there are no container names on this target",
};

function resolve(
  spec: ManagedPostgresSpec,
  { environment, path, problems }: ResolveContext,
): Resolved {
  const defaults = PROFILES[environment.profile];
  const given = spec.parameters ?? {};
  if (!/^1[3-8]$/.test(spec.version)) {
    problems.add(`${path}.version`, `"${spec.version}" is not offered by RDS; use 13 to 18`);
  }
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(spec.database) || spec.database === "db") {
    problems.add(
      `${path}.database`,
      `"${spec.database}" is no name for a database; use letters, digits and underscores, and not "db"`,
    );
  }
  if (spec.storageGiB < 20) {
    problems.add(`${path}.storageGiB`, `${spec.storageGiB} GiB is not offered for gp3; use 20`);
  }
  if (spec.backupDays < 7 || spec.backupDays > 35) {
    problems.add(`${path}.backupDays`, `${spec.backupDays} days is not offered; use 7 to 35`);
  }
  for (const [name, value] of Object.entries(FIXED)) {
    if (given[name] === undefined || given[name] === value) continue;
    problems.add(`${path}.parameters.${name}`, `is always ${value}; leave it out`);
  }
  checkLogDays(spec.logDays, `${path}.logDays`, problems);
  if (spec.geoRedundantBackup) {
    const region = readSettings(problems)?.region;
    if (region && !backupRegion(region)) {
      problems.add(
        `${path}.geoRedundantBackup`,
        `no region is paired with ${region}; leave it out, or use a region that has a pair`,
      );
    }
  }
  return {
    ...spec,
    // RDS wants room of a tenth at least before it grows by itself.
    maxStorageGiB: Math.max(spec.maxStorageGiB ?? 0, spec.storageGiB),
    highAvailability: spec.highAvailability ?? defaults.highAvailability,
    geoRedundantBackup: spec.geoRedundantBackup ?? false,
    customerKey: spec.customerKey ?? defaults.customerKeys,
    extensions: spec.extensions ?? [],
    parameters: given,
    size: storeSize(DATABASE_SIZES, spec, path, problems),
  };
}

function build(request: BuildRequest<Resolved, ManagedPostgresLinks>): ManagedPostgresOutputs {
  const scope = scopeOf(request);
  const { spec, links, name, environment } = request;
  const network = attachmentOf<NetworkAttachment>(links.network.attachment, "aws");
  const group = securityGroup(scope, network, `PostgreSQL ${name}`);
  const identifier = physicalName(environment, name, 63);
  const key = spec.customerKey ? customerKey(scope, "key", `PostgreSQL ${name}`) : undefined;
  const password = adminPassword(scope);
  const logs = logGroup(scope, identifier, "postgresql", spec.logDays);
  const upgrades = logGroup(scope, identifier, "upgrade", spec.logDays);
  const instance = new Instance(
    `${name}-instance`,
    {
      identifier,
      engine: "postgres",
      engineVersion: spec.version,
      autoMinorVersionUpgrade: true,
      allowMajorVersionUpgrade: true,
      instanceClass: spec.size.name,
      dbName: spec.database,
      username: ADMIN,
      password,
      port: PORT,
      ...subnetGroup(scope, network),
      vpcSecurityGroupIds: [group.id],
      publiclyAccessible: false,
      multiAz: spec.highAvailability,
      ...storage(spec),
      storageEncrypted: true,
      ...(key ? { kmsKeyId: key.arn, performanceInsightsKmsKeyId: key.arn } : {}),
      parameterGroupName: parameterGroup(scope, spec).name,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      iamDatabaseAuthenticationEnabled: false,
      backupRetentionPeriod: spec.backupDays,
      backupWindow: "02:00-03:00",
      maintenanceWindow: "sun:03:30-sun:04:30",
      copyTagsToSnapshot: true,
      ...endOfLife(scope, spec, identifier),
      applyImmediately: PROFILES[environment.profile].applyImmediately,
      databaseInsightsMode: "standard",
      performanceInsightsEnabled: true,
      performanceInsightsRetentionPeriod: PROFILES[environment.profile].insightsDays,
      enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
      tags: scope.tags,
    },
    {
      ...scope.child,
      protect: environment.protected,
      dependsOn: [logs, upgrades],
      customTimeouts: { create: "60m", update: "2h", delete: "60m" },
      // Storage that grew by itself must not be read as a wish to shrink it.
      ...(spec.maxStorageGiB > spec.storageGiB ? { ignoreChanges: ["allocatedStorage"] } : {}),
    },
  );
  if (spec.geoRedundantBackup) copyBackups(scope, instance, spec.backupDays);
  const attachment: PostgresAttachment = {
    cloud: "aws",
    group,
    identifier: instance.identifier,
    logGroup: logs.name,
    allocatedGiB: spec.storageGiB,
    maxConnections: maxConnections(spec.parameters, spec.size.memoryMiB),
  };
  return {
    host: instance.address,
    port: PORT,
    adminUser: pulumi.output(ADMIN),
    adminPassword: password,
    endpoint: { name, port: PORT, attachment },
    attachment,
  };
}

const storage = ({ storageGiB, maxStorageGiB }: Resolved): object => ({
  storageType: "gp3",
  allocatedStorage: storageGiB,
  ...(maxStorageGiB > storageGiB ? { maxAllocatedStorage: maxStorageGiB } : {}),
});

/** The stores' subnets have no route out of the network. */
function subnetGroup(
  scope: Scope,
  network: NetworkAttachment,
): { dbSubnetGroupName: pulumi.Output<string> } {
  const group = new SubnetGroup(
    `${scope.name}-subnets`,
    { subnetIds: network.isolatedSubnets, description: "Isolated subnets", tags: scope.tags },
    scope.child,
  );
  return { dbSubnetGroupName: group.name };
}

function parameterGroup(scope: Scope, spec: Resolved): ParameterGroup {
  return new ParameterGroup(
    `${scope.name}-parameters`,
    {
      family: `postgres${spec.version}`,
      description: `PostgreSQL ${spec.version} of ${scope.name}`,
      parameters: parameters(spec.parameters),
      tags: scope.tags,
    },
    scope.child,
  );
}

/**
 * Kept in the state and not in a secret of RDS's own making (`manageMasterUserPassword`): that one
 * rotates by itself every week, and the bootstrap job could not be given its value.
 */
function adminPassword(scope: Scope): pulumi.Output<string> {
  return new RandomPassword(
    `${scope.name}-admin-password`,
    { length: 40, special: false },
    scope.child,
  ).result;
}

/** A protected server cannot be deleted by mistake, and leaves a last snapshot when it is. */
function endOfLife(scope: Scope, spec: Resolved, identifier: string): object {
  if (!scope.environment.protected) {
    return { deletionProtection: false, skipFinalSnapshot: true, deleteAutomatedBackups: true };
  }
  // Another id for another server, since the snapshot of the one before keeps its name.
  const incarnation = new RandomId(
    `${scope.name}-incarnation`,
    { byteLength: 4, keepers: { database: spec.database, key: String(spec.customerKey) } },
    scope.child,
  );
  return {
    deletionProtection: true,
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: pulumi.interpolate`${identifier}-final-${incarnation.hex}`,
    deleteAutomatedBackups: false,
  };
}

/** RDS would make the groups itself, without an end to their retention. */
const logGroup = (scope: Scope, identifier: string, log: string, days: number): LogGroup =>
  new LogGroup(
    `${scope.name}-${log}-log`,
    {
      name: `/aws/rds/instance/${identifier}/${log}`,
      retentionInDays: days,
      tags: scope.tags,
    },
    scope.child,
  );

export const managedPostgres: ManagedPostgresBuilder = builder({
  cloud: "aws",
  describe,
  resolve,
  build,
});
