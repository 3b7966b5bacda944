import { DATABASES, isCopy } from "../../../lib/deployability/aws/databases";
import { deployability } from "../../../lib/deployability/rule";
import { forTypes, undecided, violation } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-rds-encryption-immutable",
  title: "A database with a key of its own is encrypted from the start",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "InvalidParameterCombination: A KMS key cannot be given for an instance whose storage is not encrypted.",
  },
  fix: "Set storageEncrypted true together with kmsKeyId, before the database exists: a later change replaces it by an empty one.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html",
  check: forTypes(Object.keys(DATABASES), (database) => {
    const key = database.at("kmsKeyId");
    const encrypted = database.at("storageEncrypted");
    const serverless = database.at("engineMode").isWord("serverless");
    if (key.absent || key.text === "" || encrypted.boolean === true) return [];
    if (encrypted.unknown) return [undecided(encrypted)];
    if (encrypted.absent && (isCopy(database) || serverless)) return [];
    return [violation(encrypted, "kmsKeyId is set, but storageEncrypted is not true")];
  }),
});
