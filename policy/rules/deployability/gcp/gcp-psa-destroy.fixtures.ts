import { resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const peering = (deletionPolicy: unknown, protect = false) =>
  resource("gcp:servicenetworking/connection:Connection", { deletionPolicy }, "p", {
    opts: { protect },
  });

export const fixtures: Fixtures = {
  good: [peering("ABANDON"), peering(undefined, true)],
  bad: [peering(undefined), peering("DELETE"), peering("")],
  missing: [violates(peering(null))],
  unknown: [peering(unknown)],
  wrongType: [violates(peering(true))],
};
