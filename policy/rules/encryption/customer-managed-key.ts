import { mustBeOneOf, mustBeSet } from "../../lib/check/simple";
import { forTypes, violation, type Check, type Rule } from "../../lib/rule";

const MESSAGE = "the data is encrypted with a key of the cloud, not with one of your own";

/** An alias of AWS names a key of AWS. */
const key =
  (...paths: string[]): Check =>
  (resource) => {
    const values = paths.map((path) => resource.at(path));
    const first = values.find((value) => value.present) ?? values[0];
    if (first === undefined) return [];
    if (/(^|:)alias\/aws\//.test(first.text ?? "")) return [violation(first, MESSAGE)];
    return mustBeSet(first, MESSAGE);
  };

export const rule: Rule = {
  id: "customer-managed-key",
  title: "Data at rest is encrypted with the customer's own keys",
  severity: "low",
  category: "encryption-at-rest",
  profile: "cmk",
  why: "Only with a key of one's own can access be cut off, audited per key and ended by deleting the key.",
  fix: {
    aws: "Set the key property (kmsKeyId, kmsKeyArn, kmsMasterKeyId, encryptionConfigurations) to a key of your own.",
    azure: "Set the encryption source to a key in your Key Vault.",
    gcp: "Set the key property (encryptionKeyName, customerManagedKey, kmsKeyName, encryption.defaultKmsKeyName).",
  },
  controls: { nist: ["SC-12", "SC-28(1)"], cis: ["3.11"] },
  check: {
    ...forTypes(
      [
        "aws:rds/instance:Instance",
        "aws:rds/cluster:Cluster",
        "aws:docdb/cluster:Cluster",
        "aws:efs/fileSystem:FileSystem",
        "aws:ebs/volume:Volume",
        "aws:elasticache/replicationGroup:ReplicationGroup",
        "aws:secretsmanager/secret:Secret",
        "aws:cloudwatch/logGroup:LogGroup",
        "aws:redshift/cluster:Cluster",
        "aws:cloudtrail/trail:Trail",
      ],
      key("kmsKeyId", "kmsKeyArn"),
    ),
    "aws:neptune/cluster:Cluster": key("kmsKeyArn"),
    "aws:elasticache/serverlessCache:ServerlessCache": key("kmsKeyId"),
    "aws:sns/topic:Topic": key("kmsMasterKeyId"),
    "aws:sqs/queue:Queue": key("kmsMasterKeyId"),
    "aws:dynamodb/table:Table": key("serverSideEncryption.kmsKeyArn"),
    "aws:ecr/repository:Repository": (resource) => {
      const config = resource.at("encryptionConfigurations");
      if (config.unknown) return [];
      return config.items.some((item) => item.at("encryptionType").isWord("KMS", "KMS_DSSE"))
        ? []
        : [violation(config, MESSAGE)];
    },
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": (
      resource,
    ) =>
      resource.at("rules").items.flatMap((item) => {
        const config = item.at("applyServerSideEncryptionByDefault");
        return mustBeOneOf(config.at("sseAlgorithm"), ["aws:kms", "aws:kms:dsse"], MESSAGE);
      }),
    "azure-native:storage:StorageAccount": (resource) =>
      mustBeOneOf(resource.at("encryption.keySource"), ["Microsoft.Keyvault"], MESSAGE),
    "azure-native:dbforpostgresql:Server": (resource) =>
      mustBeOneOf(resource.at("dataEncryption.type"), ["AzureKeyVault"], MESSAGE),
    "azure-native:compute:Disk": key("encryption.diskEncryptionSetId"),
    "gcp:sql/databaseInstance:DatabaseInstance": key("encryptionKeyName"),
    "gcp:redis/instance:Instance": key("customerManagedKey"),
    "gcp:storage/bucket:Bucket": key("encryption.defaultKmsKeyName"),
    "gcp:artifactregistry/repository:Repository": key("kmsKeyName"),
    "gcp:compute/disk:Disk": key("diskEncryptionKey.kmsKeySelfLink"),
    "gcp:pubsub/topic:Topic": key("kmsKeyName"),
    "gcp:secretmanager/secret:Secret": (resource) => {
      const replicas = resource.at("replication.userManaged.replicas").items;
      const keys = replicas.length > 0 ? replicas : [resource.at("replication.auto")];
      return keys.flatMap((item) => mustBeSet(item.at("customerManagedEncryption"), MESSAGE));
    },
  },
};
