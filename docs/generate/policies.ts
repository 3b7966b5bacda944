import { defaultLevel } from "../../policy/lib/config";
import { GOVERNANCE } from "../../policy/lib/governance";
import { CATEGORIES, typesOf, type Rule } from "../../policy/lib/rule";
import { allRules } from "../../policy/lib/rules";
import { SETTINGS } from "../../policy/lib/settings";
import { cloudOf } from "../../policy/lib/tokens";

export const target = "docs/policies.md";

/** The page of all rules, made from the rules. */
export function render(): Promise<string> {
  const rules = allRules();
  const parts = [
    introduction(rules),
    settingsTable(),
    exemptions(),
    writing(),
    ...CATEGORIES.flatMap((category) => section(category, rules)),
  ];
  return Promise.resolve(`${parts.join("\n\n")}\n`);
}

function introduction(rules: readonly Rule[]): string {
  const types = new Set(rules.flatMap(typesOf));
  return `# Policies

<!-- Generated from policy/rules by npm run docs. -->

${rules.length} rules decide on ${types.size} resource types of aws, azure-native, azure, gcp and docker. They work on any Pulumi
program, and load no cloud SDK.

Every rule has three answers: it passes, it is violated, or it **cannot tell yet**, because a value is only known in the
update. The third one is listed with the property that is unknown, and decided in the update.

| profile | a rule of it | level unless configured |
| --- | --- | --- |
| baseline | names a defect anywhere | critical and high: mandatory; medium and low: advisory |
| strict | asks for what most production set-ups choose | advisory |
| cmk | asks for the customer's own keys | off, mandatory with \`requireCustomerManagedKeys\` |

## Using the pack

\`\`\`text
pulumi preview --policy-pack policy --policy-pack-config policy/config/prod.json
\`\`\`

A config file maps a rule's id (or \`all\`) to \`advisory\`, \`mandatory\` or \`disabled\`, and holds what rules share under
\`settings\`. \`policy/config/schema.json\` is its schema.`;
}

function writing(): string {
  return `## Writing a rule

One file under \`policy/rules/<topic>/\` named as its id, exporting \`rule\`; being there makes it part of the pack. \`check\` maps
type tokens to functions that decide on one resource; \`checkStack\` decides on links between resources, through
\`graph.links\` and \`graph.referrers\`, which work with unknown ids too. Every property is read with \`resource.at(path)\`, which
tells absent from unknown and never throws. Beside it, \`<id>.fixtures.ts\` holds good, bad, missing, unknown and wrongly typed
cases; one test runs them all, another feeds every rule odd input.

## Rules on deployability

Rules of the category *deployability* say what a plan must satisfy although its types pass: what the provider refuses in a
preview, what the cloud's API refuses at creation, and what is created and then does not work. They are made by
\`deployability()\` of \`policy/lib/deployability/\`, which also holds the helpers: \`ordered()\` for "whoever uses P waits for its
sibling S", \`targets()\` for what a property points to. Every finding ends with what would really happen. The simulated clouds
refuse by the same rules (\`rules\` in a table of \`sandbox/\`), so that a preview and the cloud agree.

An id or a name of something outside the plan is never a violation: the answer is *cannot tell*.

Their level follows from what happens: what fails in the preview or at creation, hangs, comes up broken or open, or loses data
is mandatory; what shows only when something is changed or destroyed later, what stays silent, and what is only likely is
advisory.`;
}

function settingsTable(): string {
  const rows = Object.entries(SETTINGS).map(
    ([key, setting]) => `| \`${key}\` | \`${JSON.stringify(setting.fallback)}\` | ${setting.doc} |`,
  );
  return [
    "## Settings",
    "",
    "| setting | default | meaning |",
    "| --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function exemptions(): string {
  const rows = GOVERNANCE.map((rule) => `- **${rule.id}**: ${rule.title}. ${rule.why}`);
  return [
    "## Exemptions",
    "",
    "`policy/exemptions.yaml` lists findings that are accepted for a time: `rule`, `urn` (`*` is a wildcard), `owner`, `reason` and",
    "`expires`. An exempted finding is still reported, with its owner, reason and last day. Two rules watch over the file itself:",
    "",
    ...rows,
  ].join("\n");
}

function section(category: string, rules: readonly Rule[]): string[] {
  const own = rules.filter((rule) => rule.category === category);
  return own.length === 0 ? [] : [`## ${category}`, ...own.map(describe)];
}

function describe(rule: Rule): string {
  const level = defaultLevel(rule, { requireCustomerManagedKeys: false });
  const clouds = [...new Set(typesOf(rule).map((type) => cloudOf(type) ?? "any"))].sort();
  const fixes = Object.entries(rule.fix).map(([cloud, fix]) => `  - ${cloud}: ${fix}`);
  return [
    `### ${rule.id}`,
    "",
    `${rule.title}. ${rule.why}`,
    "",
    `- severity ${rule.severity}, profile ${rule.profile}, ${level}`,
    ...(rule.source === undefined ? [] : [`- source: <${rule.source}>`]),
    `- clouds: ${clouds.join(", ")}`,
    `- controls: NIST SP 800-53 ${rule.controls.nist.join(", ")}; CIS Controls 8 ${rule.controls.cis.join(", ")}`,
    `- types: ${typesOf(rule)
      .sort()
      .map((type) => `\`${type}\``)
      .join(", ")}`,
    "- fix",
    ...fixes,
  ].join("\n");
}
