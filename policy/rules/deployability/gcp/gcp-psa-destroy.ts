import { PEERING } from "../../../lib/deployability/gcp/types";
import { isKept } from "../../../lib/deployability/kept";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation } from "../../../lib/rule";

export const rule = deployability({
  id: "gcp-psa-destroy",
  title: "A peering with Google's services can be let go of",
  fails: {
    when: "destroy",
    effect: "error",
    answer:
      "Unable to remove Service Networking Connection: Failed to delete connection; Producer services (e.g. CloudSQL, Cloud Memstore, etc.) are still using this connection.",
  },
  fix: 'Set deletionPolicy to "ABANDON": Google lets go of it only hours or days after the last instance, and the peering goes with the network.',
  source: "https://cloud.google.com/vpc/docs/configure-private-services-access",
  check: {
    [PEERING]: (peering) => {
      const policy = peering.at("deletionPolicy");
      if (policy.isWord("ABANDON") || isKept(peering)) return [];
      if (policy.unknown) return [undecided(policy)];
      return [violation(policy, `deletionPolicy is ${policy.text ?? "not set"}, not ABANDON`)];
    },
  },
});
