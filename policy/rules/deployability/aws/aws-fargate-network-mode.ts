import { onFargate } from "../../../lib/deployability/aws/tasks";
import { TASK } from "../../../lib/deployability/aws/types";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-fargate-network-mode",
  title: "A Fargate task has network mode awsvpc, and CPU and memory of its own",
  fails: {
    when: "create",
    effect: "error",
    answer: "ClientException: Fargate only supports network mode 'awsvpc'.",
  },
  fix: 'Set networkMode "awsvpc" (the default is bridge), cpu and memory of the task definition.',
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html",
  check: {
    [TASK]: (task) =>
      onFargate(task, () => {
        const mode = task.at("networkMode");
        if (mode.unknown) return [undecided(mode)];
        if (!mode.isWord("awsvpc")) {
          const given = mode.absent
            ? "is not set and defaults to bridge"
            : `is ${String(mode.raw)}`;
          return [violation(mode, `the network mode ${given}`)];
        }
        return ["cpu", "memory"]
          .map((property) => task.at(property))
          .filter((value) => value.absent || value.text === "")
          .map((value) => ({
            ...violation(value, `${value.path} is not set`),
            answer: `ClientException: Fargate requires that '${value.path}' be defined at the task level.`,
          }));
      }),
  },
});
