import { passes, resource, unknown, violates, waits, type Fixtures } from "../../lib/fixture";

const rds = (props: object) => resource("aws:rds/instance:Instance", props);
const repository = (props: object) => resource("aws:ecr/repository:Repository", props);
const account = (props: object) => resource("azure-native:storage:StorageAccount", props);
const secret = (replication: object) =>
  resource("gcp:secretmanager/secret:Secret", { replication });

export const fixtures: Fixtures = {
  good: [
    rds({ kmsKeyId: "arn:aws:kms:eu-west-1:1:key/1" }),
    repository({ encryptionConfigurations: [{ encryptionType: "KMS" }] }),
    account({ encryption: { keySource: "Microsoft.Keyvault" } }),
    secret({ auto: { customerManagedEncryption: { kmsKeyName: "k" } } }),
  ],
  bad: [
    rds({ kmsKeyId: "alias/aws/rds" }),
    repository({ encryptionConfigurations: [{ encryptionType: "AES256" }] }),
    account({ encryption: { keySource: "Microsoft.Storage" } }),
    secret({ auto: {} }),
    secret({ userManaged: { replicas: [{ location: "europe-west1" }] } }),
  ],
  missing: [violates(rds({})), violates(resource("gcp:storage/bucket:Bucket", {}))],
  unknown: [passes(rds({ kmsKeyId: unknown })), waits(account({ encryption: unknown }))],
  wrongType: [
    violates(rds({ kmsKeyId: false })),
    violates(repository({ encryptionConfigurations: 3 })),
  ],
};
