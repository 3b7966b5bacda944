import { LOAD_BALANCER, TARGET_GROUP } from "../../../lib/deployability/aws/types";
import { deployability } from "../../../lib/deployability/rule";
import { physicalName } from "../../../lib/deployability/values";
import type { Resource } from "../../../lib/resource";
import { forTypes, undecided, violation, type Report } from "../../../lib/rule";

/** Longest name, and what the provider appends to a logical name: a hyphen and seven digits. */
const LONGEST = 32;
const APPENDED = 8;

export const rule = deployability({
  id: "aws-lb-tg-name",
  title: "Load balancers and target groups have names ELB accepts",
  fails: {
    when: "preview",
    effect: "error",
    answer: '"name" cannot be longer than 32 characters',
  },
  fix: "At most 32 letters, digits and hyphens, no hyphen first or last, not beginning with internal-; a logical name at most 24, as the provider appends 8 characters.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
  check: forTypes([LOAD_BALANCER, TARGET_GROUP], checkName),
});

function checkName(resource: Resource): Report[] {
  const name = physicalName(resource);
  if (name === undefined) return [undecided(resource.at("name"))];
  const { at, text, kind } = name;
  const what = kind === "automatic" ? `the name made of "${text}"` : `"${text}"`;
  const refuse = (message: string, answer: string): Report[] => [
    { ...violation(at, message), answer },
  ];
  const room = kind === "given" ? LONGEST : kind === "automatic" ? LONGEST - APPENDED : 6;
  if (text.length > room)
    return refuse(
      `${what} is longer than ${room} characters`,
      `"name" cannot be longer than ${LONGEST} characters: "${text}"`,
    );
  if (text !== "" && !/^[0-9A-Za-z-]+$/.test(text))
    return refuse(
      `${what} has other characters than letters, digits and hyphens`,
      `only alphanumeric characters and hyphens allowed in "name": "${text}"`,
    );
  if (text.startsWith("-") || (kind === "given" && text.endsWith("-")))
    return refuse(
      `${what} begins or ends with a hyphen`,
      '"name" cannot begin or end with a hyphen',
    );
  if (resource.type === LOAD_BALANCER && text.startsWith("internal-"))
    return refuse(`${what} begins with internal-`, '"name" cannot begin with "internal-"');
  return [];
}
