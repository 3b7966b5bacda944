import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const cache = (props: object) =>
  resource("aws:elasticache/replicationGroup:ReplicationGroup", props);
const gcp = (props: object) => resource("gcp:redis/instance:Instance", props);

export const fixtures: Fixtures = {
  good: [
    cache({ authToken: "x" }),
    cache({ userGroupIds: ["g"] }),
    cache({ authToken: unknown }),
    gcp({ authEnabled: true }),
  ],
  bad: [
    cache({ authToken: "" }),
    gcp({ authEnabled: false }),
    resource("azure-native:containerregistry:Registry", { adminUserEnabled: true }),
  ],
  missing: [
    violates(cache({})),
    violates(gcp({})),
    passes(resource("azure-native:containerregistry:Registry", {})),
  ],
  unknown: [gcp({ authEnabled: unknown })],
  wrongType: [violates(gcp({ authEnabled: {} }))],
};
