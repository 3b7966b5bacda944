import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const cache = (props: object) =>
  resource("aws:elasticache/replicationGroup:ReplicationGroup", props);
const on = { automaticFailoverEnabled: true };

export const fixtures: Fixtures = {
  good: [
    cache({ ...on, numCacheClusters: 2, multiAzEnabled: true }),
    cache({ ...on, numCacheClusters: "3" }),
    cache({ ...on, numNodeGroups: 1, replicasPerNodeGroup: 1 }),
    cache({
      ...on,
      numNodeGroups: 3,
      replicasPerNodeGroup: 1,
      parameterGroupName: "default.redis7.cluster.on",
    }),
    cache({ numCacheClusters: 1 }),
    cache({ numCacheClusters: 1, automaticFailoverEnabled: false }),
  ],
  bad: [
    cache({ ...on, numCacheClusters: 1 }),
    cache({ ...on, numCacheClusters: "1" }),
    cache({ numCacheClusters: 2, multiAzEnabled: true }),
    cache({ numCacheClusters: 2, multiAzEnabled: true, automaticFailoverEnabled: false }),
    cache({ ...on, numCacheClusters: 2, replicasPerNodeGroup: 1 }),
    cache({ ...on, numNodeGroups: 3, replicasPerNodeGroup: 1 }),
  ],
  missing: [violates(cache(on)), passes(cache({}))],
  unknown: [
    cache({ automaticFailoverEnabled: unknown, numCacheClusters: 1 }),
    cache({ ...on, numCacheClusters: unknown }),
    cache({ multiAzEnabled: true, automaticFailoverEnabled: unknown }),
  ],
  wrongType: [
    violates(cache({ ...on, numCacheClusters: "few" })),
    passes(cache({ automaticFailoverEnabled: [] })),
  ],
};
