import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const topic = (props: object) => resource("aws:sns/topic:Topic", props);

export const fixtures: Fixtures = {
  good: [topic({ kmsMasterKeyId: "alias/aws/sns" })],
  bad: [topic({ kmsMasterKeyId: "" })],
  missing: [violates(topic({}))],
  unknown: [passes(topic({ kmsMasterKeyId: unknown }))],
  wrongType: [violates(topic({ kmsMasterKeyId: false }))],
};
