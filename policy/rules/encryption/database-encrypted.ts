import { mustBeTrue, mustNotBeOneOf } from "../../lib/check/simple";
import { violation, type Check, type Rule } from "../../lib/rule";

const MESSAGE = "the database is stored without encryption";

/** Copies and restores take the encryption of what they are made from. */
const INHERITS = [
  "replicateSourceDb",
  "replicationSourceIdentifier",
  "snapshotIdentifier",
  "globalClusterIdentifier",
  "restoreToPointInTime",
  "sourceDbClusterIdentifier",
];

const storageEncrypted: Check = (resource) => {
  const inherits = INHERITS.some((property) => resource.at(property).present);
  const serverless = resource.at("engineMode").isWord("serverless");
  return mustBeTrue(
    resource.at("storageEncrypted"),
    MESSAGE,
    inherits || serverless ? "passes" : "violates",
  );
};

const encryptAtRest: Check = (resource) =>
  mustBeTrue(resource.at("encryptAtRest.enabled"), MESSAGE);

export const rule: Rule = {
  id: "database-encrypted",
  title: "Databases are encrypted at rest",
  severity: "high",
  category: "encryption-at-rest",
  profile: "baseline",
  why: "Whoever gets hold of a disk, a snapshot or a backup reads everything in it.",
  fix: {
    aws: "Set storageEncrypted (encryptAtRest.enabled of search domains, encrypted of Redshift) to true; turning it on later replaces the database.",
    azure: 'Leave transparent data encryption on (state "Enabled").',
  },
  controls: { nist: ["SC-28", "SC-28(1)"], cis: ["3.11"] },
  check: {
    "aws:rds/instance:Instance": storageEncrypted,
    "aws:rds/cluster:Cluster": storageEncrypted,
    "aws:rds/globalCluster:GlobalCluster": (resource) =>
      mustBeTrue(
        resource.at("storageEncrypted"),
        MESSAGE,
        resource.at("sourceDbClusterIdentifier").present ? "passes" : "violates",
      ),
    "aws:docdb/cluster:Cluster": storageEncrypted,
    "aws:docdb/globalCluster:GlobalCluster": storageEncrypted,
    "aws:neptune/cluster:Cluster": storageEncrypted,
    "aws:neptune/globalCluster:GlobalCluster": storageEncrypted,
    // A property of type string: "false" would be true to JavaScript.
    "aws:redshift/cluster:Cluster": (resource) => {
      const encrypted = resource.at("encrypted");
      return encrypted.boolean === false
        ? [violation(encrypted, MESSAGE)]
        : mustBeTrue(encrypted, MESSAGE, "passes");
    },
    "aws:opensearch/domain:Domain": encryptAtRest,
    "aws:elasticsearch/domain:Domain": encryptAtRest,
    "azure-native:sql:TransparentDataEncryption": (resource) =>
      // Older versions of the API call it status.
      ["state", "status"].flatMap((path) =>
        mustNotBeOneOf(resource.at(path), ["Disabled"], MESSAGE),
      ),
    "azure:mssql/database:Database": (resource) =>
      mustBeTrue(resource.at("transparentDataEncryptionEnabled"), MESSAGE, "passes"),
  },
};
