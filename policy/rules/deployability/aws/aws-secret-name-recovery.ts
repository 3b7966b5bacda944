import { KEY, SECRET } from "../../../lib/deployability/aws/types";
import { isKept } from "../../../lib/deployability/kept";
import { deployability } from "../../../lib/deployability/rule";
import { fixedName } from "../../../lib/deployability/values";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-secret-name-recovery",
  title: "A secret that is deleted and made again does not meet its own name",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion.",
  },
  fix: "Leave the name to the provider (or set namePrefix), set recoveryWindowInDays 0, or protect the secret. A window is 0 or 7 to 30 days, also that of a key.",
  source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html",
  check: {
    [SECRET]: (secret) => [...checkWindow(secret, "recoveryWindowInDays", 0), ...checkName(secret)],
    [KEY]: (key) => checkWindow(key, "deletionWindowInDays"),
  },
});

function checkWindow(resource: Resource, property: string, also?: number): Report[] {
  const days = resource.at(property);
  if (days.unknown) return [undecided(days)];
  const { number } = days;
  if (number === undefined || number === also || (number >= 7 && number <= 30)) return [];
  return [
    {
      ...violation(days, `a window of ${number} days is not on offer`),
      answer: `expected ${also === undefined ? "" : "0 or "}a number of days from 7 to 30, got ${number}`,
    },
  ];
}

function checkName(secret: Resource): Report[] {
  const name = secret.at("name");
  const window = secret.at("recoveryWindowInDays");
  if (window.number === 0 || window.unknown || isKept(secret)) return [];
  // A value made of others is unknown in a preview; it may differ each time.
  if (name.unknown) return [undecided(name)];
  if (fixedName(secret) === undefined) return [];
  const days = window.number ?? 30;
  const message = `the name stays taken for ${days} days after the secret is deleted`;
  return [{ ...violation(name, message), when: "update" }];
}
