import { resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const efs = (props: object) => resource("aws:efs/fileSystem:FileSystem", props);

export const fixtures: Fixtures = {
  good: [efs({ encrypted: true }), efs({ encrypted: true, kmsKeyId: unknown })],
  bad: [efs({ encrypted: false })],
  missing: [violates(efs({}))],
  unknown: [efs({ encrypted: unknown })],
  wrongType: [violates(efs({ encrypted: {} }))],
};
