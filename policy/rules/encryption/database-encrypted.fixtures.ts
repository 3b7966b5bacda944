import { resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const rds = (props: object) => resource("aws:rds/instance:Instance", props);

export const fixtures: Fixtures = {
  good: [rds({ storageEncrypted: true })],
  bad: [rds({ storageEncrypted: false })],
  missing: [violates(rds({ engine: "postgres" }))],
  unknown: [rds({ storageEncrypted: unknown })],
  wrongType: [violates(rds({ storageEncrypted: "yes" }))],
};
