import { resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const cache = (snapshotRetentionLimit: unknown) =>
  resource("aws:elasticache/replicationGroup:ReplicationGroup", { snapshotRetentionLimit });

export const fixtures: Fixtures = {
  good: [cache(1)],
  bad: [cache(0)],
  missing: [violates(cache(undefined))],
  unknown: [cache(unknown)],
  wrongType: [violates(cache("none"))],
};
