import { DATABASE, DATABASE_CLUSTER, LOAD_BALANCER } from "../../../lib/deployability/aws/types";
import { isKept } from "../../../lib/deployability/kept";
import { deployability } from "../../../lib/deployability/rule";
import { forTypes, undecided, violation, type Check } from "../../../lib/rule";

const ANSWERS: Readonly<Record<string, string>> = {
  [LOAD_BALANCER]:
    "OperationNotPermitted: Load balancer cannot be deleted because deletion protection is enabled",
};

const protectedBy =
  (property: string): Check =>
  (resource) => {
    const value = resource.at(property);
    if (isKept(resource)) return [];
    if (value.unknown) return [undecided(value)];
    if (value.boolean !== true) return [];
    const answer = ANSWERS[resource.type];
    const found = violation(value, "the cloud refuses to delete it, and the engine does not know");
    return [answer === undefined ? found : { ...found, answer }];
  };

export const rule = deployability({
  id: "aws-deletion-protection",
  title: "What the cloud refuses to delete, the engine refuses to delete too",
  fails: {
    when: "destroy",
    effect: "error",
    answer:
      "InvalidParameterCombination: Cannot delete protected DB Instance, please disable deletion protection and try again.",
  },
  fix: "Set protect: true (or retainOnDelete) beside the flag, so that a destroy or a replacement stops before it begins; in a stack to be thrown away, leave the flag off.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
  check: {
    ...forTypes([DATABASE, DATABASE_CLUSTER], protectedBy("deletionProtection")),
    [LOAD_BALANCER]: protectedBy("enableDeletionProtection"),
  },
});
