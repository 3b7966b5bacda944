import { REDIS, SQL, WORKLOADS } from "../../../lib/deployability/gcp/types";
import { isKept } from "../../../lib/deployability/kept";
import { deployability } from "../../../lib/deployability/rule";
import { forTypes, violation } from "../../../lib/rule";

export const rule = deployability({
  id: "gcp-cloudrun-deletion-protection",
  title: "Whether Cloud Run and stores can be deleted is said, not left to the provider",
  fails: {
    when: "destroy",
    effect: "error",
    answer:
      "cannot destroy service without setting deletion_protection=false and running `pulumi up`.",
  },
  fix: "Set deletionProtection: true where data or traffic must stay, false where the stack comes and goes; left out it is true, and the first replacement fails.",
  source: "https://cloud.google.com/run/docs/managing/services",
  check: forTypes([...WORKLOADS, SQL, REDIS], (resource) => {
    const protection = resource.at("deletionProtection");
    return protection.present || isKept(resource)
      ? []
      : [violation(protection, "deletionProtection is left out, and counts as true")];
  }),
});
