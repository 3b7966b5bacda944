import { passes, resource, unknown, type Fixtures } from "../../lib/fixture";

const rds = (props: object) => resource("aws:rds/instance:Instance", props);

export const fixtures: Fixtures = {
  good: [rds({ skipFinalSnapshot: false, finalSnapshotIdentifier: "last" })],
  bad: [rds({ skipFinalSnapshot: true })],
  missing: [passes(rds({}))],
  unknown: [rds({ skipFinalSnapshot: unknown })],
  wrongType: [passes(rds({ skipFinalSnapshot: [] }))],
};
