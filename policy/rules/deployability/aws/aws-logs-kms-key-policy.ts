import type { Statement } from "../../../lib/check/policy-document";
import { lacking, policyOfKey } from "../../../lib/deployability/aws/key-policies";
import { KEY, LOG_GROUP } from "../../../lib/deployability/aws/types";
import { about, targets } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { globToRegExp } from "../../../lib/glob";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { violation, type Report } from "../../../lib/rule";

const LOGS = /^logs(\.[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$/;
const ACTIONS = [
  "kms:Encrypt",
  "kms:Decrypt",
  "kms:ReEncryptTo",
  "kms:GenerateDataKey",
  "kms:DescribeKey",
];

export const rule = deployability({
  id: "aws-logs-kms-key-policy",
  title: "A key that encrypts a log group lets CloudWatch Logs use it",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "AccessDeniedException: The specified KMS key does not exist or is not allowed to be used with this log group.",
  },
  fix: "Allow the service logs.<region>.amazonaws.com kms:Encrypt*, kms:Decrypt*, kms:ReEncrypt*, kms:GenerateDataKey* and kms:Describe* in the key's policy, before the log group is made.",
  source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
  checkStack: {
    types: [LOG_GROUP],
    run: (graph) =>
      graph.ofType(LOG_GROUP).flatMap((group) => about(group, checkGroup(graph, group))),
  },
});

function checkGroup(graph: Graph, group: Resource): Report[] {
  const id = group.at("kmsKeyId");
  if (id.text === "") return [];
  const { found, open } = targets(graph, group, [id], KEY);
  const reports = found.flatMap(({ resource: key, at }): Report[] => {
    const policy = policyOfKey(graph, key);
    const refuse = (message: string): Report[] => [
      {
        ...violation(at, message),
        answer: `AccessDeniedException: The specified KMS key does not exist or is not allowed to be used with Arn '${group.outputs.at("arn").text ?? `arn:aws:logs:...:log-group:${group.name}`}'`,
      },
    ];
    if (policy === undefined) return refuse(`the key ${key.name} has AWS's default policy`);
    const missing = lacking(policy, LOGS, ACTIONS, (statement) => fitsGroup(statement, group));
    if (!Array.isArray(missing)) return [{ ...(missing as Report), path: at.path }];
    if (missing.length > 0)
      return refuse(
        `the policy of ${key.name} does not allow CloudWatch Logs ${missing.join(", ")}`,
      );
    const apart = policy.owner !== key && !graph.closure(group).has(policy.owner);
    return apart ? refuse(`the log group does not wait for ${policy.owner.name}`) : [];
  });
  return [...reports, ...open];
}

/** A condition on the log group's ARN has to fit its name, where both are known. */
function fitsGroup({ condition }: Statement, group: Resource): boolean {
  const name = group.at("name").text;
  if (name === undefined) return true;
  const arns = condition.entries.flatMap(([, keys]) =>
    keys.entries
      .filter(([key]) => key.toLowerCase() === "kms:encryptioncontext:aws:logs:arn")
      .flatMap(([, value]) => value.each),
  );
  const known = arns.flatMap(({ text }) => text ?? []);
  if (known.length === 0 || known.length < arns.length) return true;
  return known.some(
    (arn) =>
      globToRegExp(arn.replace(/^.*?:log-group:/, "")).test(name) ||
      /^[^:]*:[^:]*:logs:[^:]*:[^:]*:\*$/.test(arn),
  );
}
