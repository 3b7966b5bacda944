import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const cache = (props: object) =>
  resource("aws:elasticache/replicationGroup:ReplicationGroup", props);
const cluster = (props: object) => resource("aws:elasticache/cluster:Cluster", props);

export const fixtures: Fixtures = {
  good: [
    cache({ authToken: unknown, transitEncryptionEnabled: true }),
    cache({ authToken: "x", transitEncryptionEnabled: "true" }),
    cache({ kmsKeyId: unknown, atRestEncryptionEnabled: true }),
    cache({ kmsKeyId: "k", engine: "valkey" }),
    cache({ transitEncryptionEnabled: false }),
    cluster({ engine: "memcached", transitEncryptionEnabled: true }),
    cluster({ engine: "redis" }),
  ],
  bad: [
    cache({ authToken: unknown }),
    cache({ authToken: { ref: "pw.result" }, transitEncryptionEnabled: false }),
    cache({ authTokenWo: "x" }),
    cache({ kmsKeyId: { ref: "k.arn" }, engine: "redis" }),
    cache({ kmsKeyId: "k", engine: "valkey", atRestEncryptionEnabled: false }),
    cluster({ engine: "redis", transitEncryptionEnabled: true }),
  ],
  missing: [passes(cache({})), violates(cache({ authToken: "x", transitEncryptionEnabled: null }))],
  unknown: [
    cache({ authToken: "x", transitEncryptionEnabled: unknown }),
    cache({ kmsKeyId: "k", atRestEncryptionEnabled: unknown }),
  ],
  wrongType: [violates(cache({ authToken: 7, transitEncryptionEnabled: [] }))],
};
