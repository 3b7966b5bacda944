import { BUCKET } from "../../../lib/deployability/gcp/types";
import { isKept } from "../../../lib/deployability/kept";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "gcp-bucket-lock",
  title: "A bucket locked for good is protected in the plan too, and not to be emptied by force",
  fails: {
    when: "destroy",
    effect: "error",
    answer:
      "403 retentionPolicyNotMet: the objects, and so the bucket, cannot be deleted or replaced before their time.",
  },
  fix: "Set the resource option protect on a bucket with retentionPolicy.isLocked and leave forceDestroy off; give retentionPeriod as a number of seconds.",
  source: "https://cloud.google.com/storage/docs/bucket-lock",
  check: {
    [BUCKET]: (bucket): Report[] => {
      const policy = bucket.at("retentionPolicy");
      const locked = policy.at("isLocked");
      const period = policy.at("retentionPeriod");
      const wrong =
        policy.isObject && period.text !== undefined && !/^[1-9]\d*$/.test(period.text)
          ? [
              {
                ...violation(period, `retentionPeriod "${period.text}" is no number of seconds`),
                answer: "400: Invalid value for retentionPeriod.",
              },
            ]
          : [];
      if (locked.unknown) return [...wrong, undecided(locked)];
      if (locked.boolean !== true) return wrong;
      const force = bucket.at("forceDestroy");
      if (force.boolean === true)
        return [...wrong, violation(force, "forceDestroy does not empty a locked bucket")];
      return isKept(bucket)
        ? wrong
        : [
            ...wrong,
            violation(locked, "the retention is locked for good, and the bucket is not protected"),
          ];
    },
  },
});
