import { ofEach } from "../../../lib/deployability/each";
import { linked } from "../../../lib/deployability/gcp/named";
import { NETWORK, REDIS } from "../../../lib/deployability/gcp/types";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

const LEAST_FOR_REPLICAS = 5;

export const rule = deployability({
  id: "gcp-memorystore-network",
  title: "A Memorystore instance names its network, and replicas only where the tier has them",
  confidence: "medium",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "the instance is in the network default and clients time out, or 400: The network default could not be found.",
  },
  fix: "Set authorizedNetwork to the network of the clients; replicaCount and readReplicasMode need tier STANDARD_HA, and read replicas memorySizeGb 5.",
  source: "https://cloud.google.com/memorystore/docs/redis/networking",
  check: { [REDIS]: (cache) => [...checkReplicas(cache), ...checkSize(cache)] },
  checkStack: ofEach([REDIS], (cache, graph): Report[] => {
    const at = cache.at("authorizedNetwork");
    if (at.present) {
      const { open } = linked(graph, cache, at, NETWORK);
      return at.unknown ? [...open] : [];
    }
    // Without any other network in the plan the default one may well be meant.
    const [own] = graph.ofType(NETWORK);
    const message =
      own === undefined
        ? "no network is named, so the instance stands in the one called default"
        : `no network is named, so the instance stands in the one called default, not in ${own.name}`;
    return [violation(at, message)];
  }),
});

function checkReplicas(cache: Resource): Report[] {
  const tier = cache.at("tier");
  const count = cache.at("replicaCount");
  const mode = cache.at("readReplicasMode");
  if (tier.isWord("STANDARD_HA")) return [];
  const wanted =
    (count.number ?? 0) > 0 ? count : mode.isWord("READ_REPLICAS_ENABLED") ? mode : undefined;
  if (wanted === undefined) return [];
  if (tier.unknown) return [undecided(tier)];
  return [
    {
      ...violation(wanted, `tier ${tier.text ?? "BASIC, the default,"} has no replicas`),
      answer: "400: replicaCount must be 0 for the BASIC tier.",
    },
  ];
}

function checkSize(cache: Resource): Report[] {
  const size = cache.at("memorySizeGb");
  if (!cache.at("readReplicasMode").isWord("READ_REPLICAS_ENABLED")) return [];
  if (size.unknown) return [undecided(size)];
  return size.number === undefined || size.number >= LEAST_FOR_REPLICAS
    ? []
    : [
        {
          ...violation(size, `read replicas need ${LEAST_FOR_REPLICAS} GB, not ${size.number}`),
          answer: "400: read replicas are only supported for instances of 5 GB or more.",
        },
      ];
}
