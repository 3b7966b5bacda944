import { ManagementLockByScope } from "@pulumi/azure-native/authorization";
import { Configuration, Database, Server } from "@pulumi/azure-native/dbforpostgresql";
import { PrivateZone } from "@pulumi/azure-native/privatedns";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { builder, type BuildRequest } from "../../components/builder";
import type {
  ManagedPostgresLinks,
  ManagedPostgresOutputs,
} from "../../components/managed-postgres";
import { fit } from "../../components/naming";
import { azure, type NetworkAttachment, type PostgresAttachment } from "./attachments";
import { customerKey, type CustomerKey } from "./customer-key";
import { logWorkspace, sendLogs } from "./logs";
import { autoNamed } from "./names";
import { ADMIN, describe, resolve, type Resolved } from "./postgres-spec";
import { linkZone } from "./private-endpoint";
import { settings } from "./settings";
import { tagsOf } from "./tags";

type Request = BuildRequest<Resolved, ManagedPostgresLinks>;

function build(request: Request): ManagedPostgresOutputs {
  const { name, spec, links, parent, environment } = request;
  const network = azure<NetworkAttachment>(links.network.attachment);
  const password = new RandomPassword(
    `${name}-admin-password`,
    { length: 32, special: false, minUpper: 1, minLower: 1, minNumeric: 1 },
    { parent },
  );
  const server = buildServer(request, network, password.result);
  const ready = buildChildren(request, network, server);
  if (environment.protected) {
    new ManagementLockByScope(
      `${name}-lock`,
      {
        lockName: "no-deletion",
        scope: server.id,
        level: "CanNotDelete",
        notes:
          "Holds the data of a protected stack. Take the lock away only with a backup at hand.",
      },
      { parent, dependsOn: [ready] },
    );
  }
  const workspace = logWorkspace({
    name,
    environment,
    parent,
    days: spec.logDays,
    tables: ["PGSQLServerLogs"],
  });
  sendLogs({
    name,
    parent,
    from: server,
    to: workspace,
    categories: ["PostgreSQLLogs"],
    dedicated: true,
  });
  const attachment: PostgresAttachment = {
    cloud: "azure",
    server,
    ready,
    maxConnections: spec.maxConnections,
    workspace,
  };
  return {
    host: server.fullyQualifiedDomainName,
    port: 5432,
    adminUser: pulumi.output(ADMIN),
    adminPassword: password.result,
    endpoint: { name, port: 5432, attachment },
    attachment,
  };
}

function buildServer(
  { name, spec, parent, environment }: Request,
  network: NetworkAttachment,
  password: pulumi.Output<string>,
): Server {
  const place = settings();
  const key = spec.customerKey ? customerKey({ name, environment, parent }) : undefined;
  const zone = new PrivateZone(
    `${name}-zone`,
    {
      privateZoneName: `${fit(name, 40)}.private.postgres.database.azure.com`,
      resourceGroupName: network.group.name,
      location: "global",
      tags: tagsOf(environment),
    },
    { parent },
  );
  const link = linkZone(`${name}-zone`, zone, network, environment, parent);
  return new Server(
    `${autoNamed(name, 55)}-server`,
    {
      resourceGroupName: network.group.name,
      location: place.location,
      version: spec.version,
      administratorLogin: ADMIN,
      administratorLoginPassword: password,
      authConfig: { passwordAuth: "Enabled", activeDirectoryAuth: "Disabled" },
      sku: { name: spec.size.name, tier: spec.size.tier },
      storage: {
        type: "Premium_LRS",
        storageSizeGB: spec.storageGiB,
        autoGrow: spec.autoGrow ? "Enabled" : "Disabled",
      },
      network: {
        delegatedSubnetResourceId: network.postgresSubnet.id,
        privateDnsZoneArmResourceId: zone.id,
      },
      // No zones are named: they change places at every failover, and a plan would undo that.
      highAvailability: { mode: spec.highAvailability ? "ZoneRedundant" : "Disabled" },
      backup: {
        backupRetentionDays: spec.backupDays,
        geoRedundantBackup: spec.geoRedundantBackup ? "Enabled" : "Disabled",
      },
      ...(key ? encryption(key) : {}),
      tags: tagsOf(environment),
    },
    {
      parent,
      protect: environment.protected,
      dependsOn: [link, ...(key ? [key.ready] : [])],
      customTimeouts: { create: "60m", update: "60m", delete: "60m" },
    },
  );
}

function encryption(key: CustomerKey) {
  return {
    identity: {
      type: "UserAssigned",
      userAssignedIdentities: key.identity.id.apply((id) => ({ [id]: {} })),
    },
    dataEncryption: {
      type: "AzureKeyVault",
      primaryKeyURI: key.uri,
      primaryUserAssignedIdentityId: key.identity.id,
    },
  };
}

/**
 * Database and parameters, each waiting for the one before: the server takes one operation at a
 * time. Returns the last one, for those who use the server.
 */
function buildChildren(
  { name, spec, parent, environment }: Request,
  network: NetworkAttachment,
  server: Server,
): pulumi.Resource {
  const common = { resourceGroupName: network.group.name, serverName: server.name };
  let last: pulumi.Resource = new Database(
    `${name}-database`,
    { ...common, databaseName: spec.database, charset: "UTF8", collation: "en_US.utf8" },
    { parent, protect: environment.protected },
  );
  for (const [parameter, value] of Object.entries(spec.parameters)) {
    last = new Configuration(
      `${name}-parameter-${parameter}`,
      { ...common, configurationName: parameter, value, source: "user-override" },
      { parent, dependsOn: [last] },
    );
  }
  return last;
}

export const managedPostgres = builder({ cloud: "azure", describe, resolve, build });
