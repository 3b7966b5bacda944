import { allowStatements, type Statement } from "../../../lib/check/policy-document";
import { actionGranted } from "../../../lib/deployability/aws/iam";
import { KEY, KEY_POLICY } from "../../../lib/deployability/aws/types";
import { deployability } from "../../../lib/deployability/rule";
import type { Resource } from "../../../lib/resource";
import { forTypes, undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

export const rule = deployability({
  id: "aws-kms-policy-lockout",
  title: "A key's policy keeps somebody who may change it",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.",
  },
  fix: "Allow the account (arn:aws:iam::<account>:root) kms:* in the policy, and leave bypassPolicyLockoutSafetyCheck off.",
  source: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html",
  check: forTypes([KEY, KEY_POLICY], (key) => [...checkBypass(key), ...checkPolicy(key)]),
});

function checkBypass(key: Resource): Report[] {
  const bypass = [key.at("bypassPolicyLockoutSafetyCheck")];
  return bypass
    .filter((value) => value.boolean === true)
    .map((value) => ({
      ...violation(value, "the check that somebody can still manage the key is switched off"),
      answer: "A key nobody can manage any more, which only AWS support can win back.",
      when: "runtime" as const,
    }));
}

function checkPolicy(key: Resource): Report[] {
  const policy = key.at("policy");
  if (policy.absent || policy.text === "") return [];
  const { statements, unknown } = allowStatements(policy);
  const managing = statements.filter(
    (statement) => actionGranted(statement, "kms:PutKeyPolicy") === true,
  );
  if (managing.some(isForPeople)) return [];
  const open: Value[] = [
    ...unknown,
    ...managing.flatMap(({ principals }) => principals.filter((one) => one.unknown)),
    ...statements.flatMap(({ actions }) => actions.filter((one) => one.unknown)),
  ];
  return [
    open[0] === undefined
      ? violation(policy, "no statement lets the account or one of its users change the policy")
      : undecided(open[0]),
  ];
}

/** True where the account, a role or a user may, not only a service of AWS. */
function isForPeople({ principals }: Statement): boolean {
  return principals.some(({ text, unknown, prefix }) => {
    if (unknown) return prefix.startsWith("arn:");
    return text !== undefined && !/\.amazonaws\.com(\.cn)?$/.test(text);
  });
}
