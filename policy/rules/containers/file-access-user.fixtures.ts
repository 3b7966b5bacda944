import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const point = (posixUser: unknown) => resource("aws:efs/accessPoint:AccessPoint", { posixUser });

export const fixtures: Fixtures = {
  good: [point({ uid: 10001, gid: 10001 })],
  bad: [point({ uid: 0, gid: 0 })],
  missing: [violates(point(undefined))],
  unknown: [point({ uid: unknown })],
  wrongType: [passes(point({ uid: [] }))],
};
