import { LOG_GROUP } from "../../../lib/deployability/aws/types";
import { deployability } from "../../../lib/deployability/rule";
import { mustBeAmong } from "../../../lib/deployability/values";

const DAYS = [
  ...[0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
  ...[1096, 1827, 2192, 2557, 2922, 3288, 3653],
];

export const rule = deployability({
  id: "aws-log-retention-values",
  title: "Log groups keep logs for one of the times CloudWatch offers",
  fails: {
    when: "preview",
    effect: "error",
    answer: `expected retention_in_days to be one of [${DAYS.join(" ")}]`,
  },
  fix: "Take the next value of the list: 30, 60, 90, 120, 180, 365 and so on; 0 is for ever.",
  source:
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html",
  check: {
    [LOG_GROUP]: (group) =>
      mustBeAmong(
        group.at("retentionInDays"),
        DAYS,
        (given) => `${given} days are not on offer`,
      ).map((report) =>
        report.verdict === "undecided"
          ? report
          : {
              ...report,
              answer: `expected retention_in_days to be one of [${DAYS.join(" ")}], got ${String(group.at("retentionInDays").raw)}`,
            },
      ),
  },
});
