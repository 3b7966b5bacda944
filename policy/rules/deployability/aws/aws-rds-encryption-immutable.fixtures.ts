import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1";
const database = (props: object, type = "aws:rds/instance:Instance") =>
  resource(type, { kmsKeyId: KEY, ...props });
const CLUSTER = "aws:rds/cluster:Cluster";

export const fixtures: Fixtures = {
  good: [
    database({ storageEncrypted: true }),
    database({ storageEncrypted: "true", kmsKeyId: unknown }),
    database({ kmsKeyId: undefined }),
    database({ replicateSourceDb: "arn:aws:rds:eu-west-1:111122223333:db:main" }),
    database({ engineMode: "serverless" }, CLUSTER),
  ],
  bad: [
    database({ storageEncrypted: false }),
    database({ kmsKeyId: { ref: "key.arn" } }),
    database({ kmsKeyId: unknown }),
    database({}, CLUSTER),
  ],
  missing: [violates(database({})), passes(database({ kmsKeyId: "" }))],
  unknown: [database({ storageEncrypted: unknown })],
  wrongType: [violates(database({ storageEncrypted: [] }))],
};
