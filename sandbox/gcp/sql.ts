import { rule as standbyBackups } from "../../policy/rules/deployability/gcp/gcp-sql-ha-backups";
import { rule as peeringFirst } from "../../policy/rules/deployability/gcp/gcp-sql-private-connection-first";
import { rule as tierEdition } from "../../policy/rules/deployability/gcp/gcp-sql-tier-edition";
import { CloudError } from "../lib/table";
import type { Draft, Failure, TypeTable } from "../lib/table";
import { Tombstones } from "../lib/tombstones";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { CRYPTO_KEY, named, NETWORK } from "./shared";

const deleted = new Tombstones("gcp");
const INSTANCE = "gcp:sql/databaseInstance:DatabaseInstance";
const BY_NAME = `${INSTANCE}#name`;
const CA = "-----BEGIN CERTIFICATE-----\nsimulated authority {hex:32}\n-----END CERTIFICATE-----";

export const types: Record<string, TypeTable> = {
  [INSTANCE]: {
    name: named(98),
    id: "{name}",
    scope: "account",
    defaults: { deletionProtection: true },
    replaceOn: [
      "region",
      "encryptionKeyName",
      "masterInstanceName",
      "settings.ipConfiguration.serverCaMode",
      "settings.diskType",
    ],
    references: {
      "settings.ipConfiguration.privateNetwork": NETWORK,
      encryptionKeyName: CRYPTO_KEY,
    },
    sets: ["settings.databaseFlags"],
    secrets: ["serverCaCerts", "rootPassword"],
    outputs: {
      region: "{region}",
      connectionName: "{project}:{region}:{name}",
      selfLink: "https://sqladmin.googleapis.com/sql/v1beta4/projects/{project}/instances/{name}",
      serviceAccountEmailAddress: "p{number}-{hex:6}@gcp-sa-cloud-sql.iam.gserviceaccount.com",
      privateIpAddress: privateAddress,
      publicIpAddress: ({ inputs }: Draft) => (isPublic(inputs) ? "34.76.10.20" : ""),
      firstIpAddress: ({ outputs }: Draft) => outputs.publicIpAddress || outputs.privateIpAddress,
      ipAddresses: ({ outputs }: Draft) => [{ ipAddress: outputs.firstIpAddress, type: "PRIVATE" }],
      serverCaCerts: ({ hex }: Draft) => [
        {
          cert: CA.replace("{hex:32}", hex(32)),
          commonName: "C=US,O=Google\\, Inc,CN=Google Cloud SQL Server CA",
        },
      ],
      dnsName: "",
      dnsNames: () => [],
      instanceType: "CLOUD_SQL_INSTANCE",
      maintenanceVersion: "POSTGRES_16.10.R20261001.00_00",
      availableMaintenanceVersions: () => [],
    },
    validate: sqlFailures,
    rules: [tierEdition, standbyBackups, peeringFirst],
    protection: ({ outputs }) => protection(plain(outputs) as Plain),
    create: (draft) => {
      deleted.refuseBuried(
        tombstone(draft.place.project ?? "", draft.name),
        `googleapi: Error 409: The Cloud SQL instance already exists. When you delete an instance, you can't reuse ` +
          `the name of the deleted instance until one week from the deletion date., instanceAlreadyExists`,
      );
      refuseForeignKey(draft);
      return {};
    },
    remove: ({ outputs }) => {
      const { project, name } = plain(outputs) as Plain;
      deleted.bury(tombstone(String(project), String(name)), 7);
    },
    seconds: 600,
    exists: "googleapi: Error 409: The Cloud SQL instance already exists., instanceAlreadyExists",
    missing:
      "googleapi: Error 404: The Cloud SQL instance '{value}' does not exist., instanceDoesNotExist",
  },
  "gcp:sql/database:Database": {
    name: { property: "name", within: ["instance"] },
    id: "projects/{project}/instances/{in.instance}/databases/{name}",
    scope: "account",
    defaults: { deletionPolicy: "DELETE" },
    references: { instance: BY_NAME },
    replaceOn: ["instance", "collation", "charset"],
    outputs: {
      charset: "UTF8",
      collation: "en_US.UTF8",
      selfLink: "https://sqladmin.googleapis.com/sql/v1beta4/{id}",
    },
  },
  "gcp:sql/user:User": {
    name: { property: "name", within: ["instance"] },
    id: "{name}//{in.instance}",
    scope: "account",
    references: { instance: BY_NAME },
    replaceOn: ["instance", "host", "type"],
    secrets: ["password"],
    outputs: { host: "", sqlServerUserDetails: () => [] },
    validate: ({ name }) =>
      ["cloudsqladmin", "cloudsqlsuperuser"].includes(name)
        ? [{ property: "name", reason: `${String(name)} is a system user` }]
        : [],
  },
};

const tombstone = (project: string, name: string): string => `sql/${project}/${name}`;

const isPublic = (inputs: Plain): boolean =>
  inputs.settings?.ipConfiguration?.ipv4Enabled !== false;

/** An address in the range that the network has handed to the service. */
function privateAddress({ inputs, cloud, digits }: Draft): Plain {
  const network = inputs.settings?.ipConfiguration?.privateNetwork;
  if (network === undefined) return "";
  const range = cloud
    .all("gcp:compute/globalAddress:GlobalAddress")
    .map(({ outputs }) => plain(outputs) as Plain)
    .find((address) => address.purpose === "VPC_PEERING" && address.network === network);
  const start = String(range?.address ?? "10.100.0.0").split(".");
  return `${start[0]}.${start[1]}.${start[2]}.${2 + (Number(digits(2)) % 200)}`;
}

function sqlFailures({ settings }: Plain): readonly Failure[] {
  const ip = settings?.ipConfiguration;
  if (ip?.ipv4Enabled !== false) return [];
  if (ip.privateNetwork !== undefined || ip.pscConfigs !== undefined) return [];
  return [
    {
      property: "settings.ipConfiguration",
      reason: "At least one of Public IP or Private IP or PSC connectivity must be enabled",
    },
  ];
}

function protection(outputs: Plain): string | undefined {
  if (outputs.deletionProtection === true) {
    return (
      `Error, failed to delete instance because deletion_protection is set to true. Set it to false to proceed ` +
      `with instance deletion`
    );
  }
  return outputs.settings?.deletionProtectionEnabled === true
    ? "googleapi: Error 400: The instance is protected. Please disable the deletion protection and try again."
    : undefined;
}

/** The service's agent must hold the key before it encrypts anything with it. */
function refuseForeignKey({ inputs, cloud, place }: Draft): void {
  const key = inputs.encryptionKeyName;
  if (key === undefined) return;
  const granted = cloud.all("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember").some(({ outputs }) => {
    const grant = plain(outputs) as Plain;
    return grant.cryptoKeyId === key && /gcp-sa-cloud-sql/.test(String(grant.member));
  });
  if (!granted) {
    throw new CloudError(
      `googleapi: Error 400: Invalid request: Failed to create instance because service account ` +
        `service-${place.number}@gcp-sa-cloud-sql.iam.gserviceaccount.com cannot use the key ${String(key)}`,
    );
  }
}
