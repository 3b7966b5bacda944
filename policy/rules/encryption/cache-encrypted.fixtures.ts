import { passes, resource, unknown, violates, waits, type Fixtures } from "../../lib/fixture";

const group = (props: object) =>
  resource("aws:elasticache/replicationGroup:ReplicationGroup", props);
const dax = (props: object) => resource("aws:dax/cluster:Cluster", props);

export const fixtures: Fixtures = {
  good: [
    group({ engine: "redis", atRestEncryptionEnabled: true }),
    group({ engine: "valkey" }),
    group({ globalReplicationGroupId: "global" }),
    resource("aws:elasticache/cluster:Cluster", { replicationGroupId: "main" }),
    dax({ serverSideEncryption: { enabled: true } }),
  ],
  bad: [
    group({ engine: "valkey", atRestEncryptionEnabled: false }),
    group({ engine: "redis", atRestEncryptionEnabled: "false" }),
    resource("aws:elasticache/cluster:Cluster", { engine: "redis" }),
  ],
  missing: [
    violates(group({})),
    violates(dax({})),
    passes(resource("aws:elasticache/cluster:Cluster", {})),
  ],
  unknown: [group({ atRestEncryptionEnabled: unknown }), waits(group({ engine: unknown }))],
  wrongType: [violates(group({ atRestEncryptionEnabled: 1 }))],
};
