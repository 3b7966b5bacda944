import { allowStatements } from "../../../lib/check/policy-document";
import { actionGranted } from "../../../lib/deployability/aws/iam";
import { lacking, policyOfKey } from "../../../lib/deployability/aws/key-policies";
import { ALARM, KEY, TOPIC } from "../../../lib/deployability/aws/types";
import { about, cannotTell, targets } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

const CLOUDWATCH = /^cloudwatch\.amazonaws\.com$/;
const ACTIONS = ["alarmActions", "okActions", "insufficientDataActions"];
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";

export const rule = deployability({
  id: "aws-alarm-topic-encryption",
  title: "An alarm may publish to the topic it names",
  fails: {
    when: "runtime",
    effect: "silent",
    answer:
      "Failed to execute action: CloudWatch Alarms does not have authorization to access the SNS topic encryption key. Nobody is called.",
  },
  fix: "Give the topic a key of your own, whose policy allows cloudwatch.amazonaws.com kms:Decrypt and kms:GenerateDataKey*, and let the topic's policy allow it sns:Publish.",
  source: "https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns",
  checkStack: {
    types: [ALARM],
    run: (graph) => graph.ofType(ALARM).flatMap((alarm) => about(alarm, checkAlarm(graph, alarm))),
  },
});

function checkAlarm(graph: Graph, alarm: Resource): Report[] {
  const actions = ACTIONS.map((property) => alarm.at(property));
  const { found } = targets(
    graph,
    alarm,
    actions.flatMap((list) => list.each),
    TOPIC,
  );
  const [first] = actions as [Value];
  const silent =
    actions.every((list) => !list.unknown && list.each.length === 0) &&
    alarm.at("actionsEnabled").boolean !== false &&
    // Deployments and composite alarms look at an alarm themselves.
    graph.referrers(alarm).length === 0;
  if (silent)
    return [
      {
        ...violation(first, "the alarm has no action"),
        answer: "The alarm is raised and nobody is called.",
      },
    ];
  return found.flatMap(({ resource: topic, at }) => [
    ...checkKey(graph, topic, at),
    ...checkPolicy(graph, topic, at),
  ]);
}

function checkKey(graph: Graph, topic: Resource, at: Value): Report[] {
  const id = topic.at("kmsMasterKeyId");
  if (id.absent || id.text === "") return [];
  if (/alias\/aws\/sns$/.test(id.text ?? ""))
    return [
      violation(
        at,
        `${topic.name} is encrypted with the key alias/aws/sns, which alarms may not use`,
      ),
    ];
  const links = graph.links(topic, id, [KEY]);
  const [key] = links.resources;
  if (key === undefined)
    return [
      links.complete
        ? cannotTell(at, `the key of ${topic.name} is not part of the plan`)
        : { ...undecided(id), path: at.path },
    ];
  const policy = policyOfKey(graph, key);
  const missing =
    policy === undefined
      ? ["kms:Decrypt", "kms:GenerateDataKey"]
      : lacking(policy, CLOUDWATCH, ["kms:Decrypt", "kms:GenerateDataKey"]);
  if (!Array.isArray(missing)) return [{ ...(missing as Report), path: at.path }];
  if (missing.length === 0) return [];
  return [
    violation(
      at,
      `the key ${key.name} of ${topic.name} does not allow cloudwatch.amazonaws.com ${missing.join(", ")}`,
    ),
  ];
}

/** A topic without a policy of its own lets everything of its account publish. */
function checkPolicy(graph: Graph, topic: Resource, at: Value): Report[] {
  const apart = graph
    .referrers(topic, TOPIC_POLICY)
    .filter((owner) => graph.links(owner, owner.at("arn"), [TOPIC]).resources.includes(topic))
    .map((owner) => owner.at("policy"));
  const policies = [topic.at("policy"), ...apart].filter(
    (policy) => policy.present && policy.text !== "",
  );
  return policies.flatMap((policy): Report[] => {
    const { statements, unknown } = allowStatements(policy);
    const lets = statements.some(
      (statement) =>
        actionGranted(statement, "sns:Publish") !== false &&
        statement.principals.some(
          (one) => one.unknown || one.text === "*" || CLOUDWATCH.test(one.text ?? ""),
        ),
    );
    if (lets) return [];
    if (unknown[0] !== undefined) return [{ ...undecided(unknown[0]), path: at.path }];
    return [
      {
        ...violation(
          at,
          `the policy of ${topic.name} does not let cloudwatch.amazonaws.com publish`,
        ),
        answer:
          "Failed to execute action: CloudWatch Alarms is not authorized to perform: SNS:Publish. Nobody is called.",
      },
    ];
  });
}
