import type { ContainerView } from "../../../lib/containers/view";
import { containersOf, onFargate } from "../../../lib/deployability/aws/tasks";
import { TASK } from "../../../lib/deployability/aws/types";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-fargate-execution-role",
  title: "A Fargate task that needs AWS before it starts has an execution role",
  fails: {
    when: "create",
    effect: "error",
    answer: "ClientException: Fargate requires task definition to have execution role ARN.",
  },
  fix: "Set executionRoleArn to a role that may pull, log and read secrets; the task role is for the program inside.",
  source:
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
  check: {
    [TASK]: (task) =>
      onFargate(task, () => {
        const role = task.at("executionRoleArn");
        if (role.unknown || (role.present && role.text !== "")) return [];
        const { containers, open } = containersOf(task);
        const needs = containers.flatMap(needsOf);
        const [first] = needs.filter(({ reason }) => reason !== undefined);
        if (first !== undefined) {
          return [
            {
              ...violation(
                role,
                `no execution role is set, but container ${first.label} needs one`,
              ),
              answer: `ClientException: Fargate requires task definition to have execution role ARN ${first.reason}.`,
            },
          ];
        }
        return [...open, ...needs.flatMap(({ open: unknown }): Report[] => unknown ?? [])];
      }),
  },
});

interface Need {
  readonly label: string;
  readonly reason?: string;
  readonly open?: Report[];
}

function needsOf({ label, at, image }: ContainerView): Need[] {
  const driver = at.at("logConfiguration.logDriver");
  const secrets = [at.at("secrets"), at.at("logConfiguration.secretOptions")];
  const needs: Need[] = [];
  if (secrets.some((list) => Array.isArray(list.raw) && list.raw.length > 0))
    needs.push({ label, reason: "when specifying container secrets" });
  if (driver.isWord("awslogs")) needs.push({ label, reason: "to support log driver awslogs" });
  const name = image.text ?? image.prefix;
  if (/\.dkr\.ecr\./.test(name) || imageOfRepository(image.raw))
    needs.push({ label, reason: "to support ECR images" });
  if (at.at("repositoryCredentials").isObject)
    needs.push({ label, reason: "to support private registry authentication" });
  const unknown = [driver, image, ...secrets].filter((value) => value.unknown);
  if (needs.length === 0)
    needs.push(...unknown.map((value) => ({ label, open: [undecided(value)] })));
  return needs;
}

/** An image that is not known yet but is named after a repository of ECR. */
function imageOfRepository(raw: unknown): boolean {
  const references = (raw as { references?: { output?: string }[] } | undefined)?.references;
  return (
    Array.isArray(references) &&
    references.some(({ output }) => output?.startsWith("repositoryUrl"))
  );
}
