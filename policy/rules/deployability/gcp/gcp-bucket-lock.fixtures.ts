import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const bucket = (retentionPolicy: unknown, more: object = {}, protect = false) =>
  resource("gcp:storage/bucket:Bucket", { retentionPolicy, ...more }, "b", { opts: { protect } });
const locked = { retentionPeriod: "86400", isLocked: true };

export const fixtures: Fixtures = {
  good: [
    bucket({ retentionPeriod: "86400" }),
    bucket(locked, {}, true),
    bucket({ retentionPeriod: 86400, isLocked: false }, { forceDestroy: true }),
  ],
  bad: [
    bucket(locked),
    bucket(locked, { forceDestroy: true }, true),
    bucket({ retentionPeriod: "1 day" }),
  ],
  missing: [passes(bucket(undefined))],
  unknown: [bucket({ retentionPeriod: "86400", isLocked: unknown })],
  wrongType: [passes(bucket("locked")), violates(bucket({ ...locked, isLocked: "true" }))],
};
