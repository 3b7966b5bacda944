import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const cache = (props: object) =>
  resource("gcp:redis/instance:Instance", { authorizedNetwork: { ref: "vpc.id" }, ...props });
const network = resource("gcp:compute/network:Network", {}, "vpc");
const replicas = {
  tier: "STANDARD_HA",
  replicaCount: 2,
  readReplicasMode: "READ_REPLICAS_ENABLED",
};

export const fixtures: Fixtures = {
  good: [
    passes(network, cache({ ...replicas, memorySizeGb: 5 })),
    passes(cache({ authorizedNetwork: "default", tier: "BASIC", replicaCount: 0 })),
  ],
  bad: [
    violates(network, cache({ authorizedNetwork: undefined })),
    violates(network, cache({ replicaCount: 1 })),
    violates(network, cache({ tier: "BASIC", readReplicasMode: "READ_REPLICAS_ENABLED" })),
    violates(network, cache({ ...replicas, memorySizeGb: 1 })),
  ],
  missing: [violates(resource("gcp:redis/instance:Instance", {}))],
  unknown: [
    cache({ authorizedNetwork: unknown }),
    cache({ authorizedNetwork: "a", tier: unknown, replicaCount: 1 }),
    cache({ authorizedNetwork: "a", ...replicas, memorySizeGb: unknown }),
  ],
  wrongType: [passes(network, cache({ replicaCount: "many" }))],
};
