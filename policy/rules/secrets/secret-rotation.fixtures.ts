import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const secret = resource("aws:secretsmanager/secret:Secret", {}, "s");
const rotation = resource(
  "aws:secretsmanager/secretRotation:SecretRotation",
  { secretId: { ref: "s.id" } },
  "r",
);
const gcp = (props: object) => resource("gcp:secretmanager/secret:Secret", props);

export const fixtures: Fixtures = {
  good: [passes(secret, rotation), gcp({ rotation: { rotationPeriod: "7776000s" } })],
  bad: [violates(secret)],
  missing: [violates(gcp({}))],
  unknown: [passes(gcp({ rotation: unknown }))],
  wrongType: [violates(gcp({ rotation: false }))],
};
