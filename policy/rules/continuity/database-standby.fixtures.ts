import { resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const rds = (props: object) => resource("aws:rds/instance:Instance", props);

export const fixtures: Fixtures = {
  good: [rds({ multiAz: true }), rds({ replicateSourceDb: "x" })],
  bad: [rds({ multiAz: false }), resource("gcp:redis/instance:Instance", { tier: "BASIC" })],
  missing: [violates(rds({}))],
  unknown: [rds({ multiAz: unknown })],
  wrongType: [violates(rds({ multiAz: "two" }))],
};
