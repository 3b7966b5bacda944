import { passes, resource, unknown, type Fixtures } from "../../lib/fixture";

const snapshot = (props: object) => resource("aws:rds/snapshot:Snapshot", props);

export const fixtures: Fixtures = {
  good: [snapshot({ sharedAccounts: ["111122223333"] })],
  bad: [snapshot({ sharedAccounts: ["all"] }), snapshot({ sharedAccounts: [unknown, "all"] })],
  missing: [passes(snapshot({}))],
  unknown: [snapshot({ sharedAccounts: [unknown] }), snapshot({ sharedAccounts: unknown })],
  wrongType: [passes(snapshot({ sharedAccounts: 3 }))],
};
