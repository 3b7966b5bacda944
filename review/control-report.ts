import { toResource, type Resource } from "../policy/lib/resource";
import type { Control, Requirement, Sign } from "./controls/control";
import { RAYRAY_CONTROLS } from "./controls/rayray";
import { isEngineResource } from "./input/plan";
import { groupBy, type ReviewResult } from "./result";

/** Whether a demand is met, with what shows it. */
export interface RequirementAnswer {
  readonly text: string;
  readonly met: boolean;
  /** What shows that it is met, or why it is not. */
  readonly because: string;
  /** URNs that show it or stand against it. */
  readonly evidence: readonly string[];
}

/** A control and what the resources show of it. */
export interface ControlAnswer {
  readonly id: string;
  readonly title: string;
  readonly status: "covered" | "partly" | "not covered";
  readonly requirements: readonly RequirementAnswer[];
}

/** Most resources named as evidence of one demand. */
const NAMED = 5;

/** RayRay's controls against a review: what the plan's resources show, and what the rules said about them. */
export function controlReport(result: ReviewResult): ControlAnswer[] {
  const resources = result.plan.resources
    .filter((resource) => resource.custom && !isEngineResource(resource.type))
    .map((plain) => toResource(plain, false));
  const facts: Facts = {
    byType: groupBy(resources, (resource) => resource.type),
    byRule: groupBy(result.evidence.decisions, (decision) => decision.rule),
    exempt: new Set(result.evidence.exempted.map(({ rule, urn }) => `${rule}\n${urn}`)),
  };
  return RAYRAY_CONTROLS.map((control) => answer(control, facts));
}

interface Facts {
  readonly byType: ReadonlyMap<string, Resource[]>;
  readonly byRule: ReadonlyMap<string, ReviewResult["decisions"][number][]>;
  /** Decisions whose violation somebody accepted. */
  readonly exempt: ReadonlySet<string>;
}

function answer({ id, title, requirements }: Control, facts: Facts): ControlAnswer {
  const answers = requirements.map((requirement) => judge(requirement, facts));
  const met = answers.filter((item) => item.met).length;
  const status = met === answers.length ? "covered" : met === 0 ? "not covered" : "partly";
  return { id, title, status, requirements: answers };
}

function judge(requirement: Requirement, facts: Facts): RequirementAnswer {
  const { text } = requirement;
  const parts = [
    ...(requirement.types === undefined ? [] : [judgeTypes(requirement, requirement.types, facts)]),
    ...(requirement.rules === undefined ? [] : [judgeRules(requirement, requirement.rules, facts)]),
  ];
  const against = parts.filter((part) => !part.met);
  const telling = against.length > 0 ? against : parts;
  return {
    text,
    met: against.length === 0,
    because: telling.map((part) => part.because).join("; "),
    evidence: [...new Set(telling.flatMap((part) => part.evidence))],
  };
}

type Part = Omit<RequirementAnswer, "text">;

function judgeTypes(
  { holds = /(?:)/ }: Requirement,
  types: readonly (string | Sign)[],
  facts: Facts,
): Part {
  const there = types.flatMap((each) =>
    typeof each === "string" ? (facts.byType.get(each) ?? []) : signed(each, facts),
  );
  const shows = there.filter((resource) => shown(resource, holds));
  if (shows.length > 0)
    return { met: true, because: named(shows), evidence: shows.map(({ urn }) => urn) };
  const because = there.length === 0 ? "no such resource" : `not set on ${named(there)}`;
  return { met: false, because, evidence: there.map(({ urn }) => urn) };
}

const shown = (resource: Resource, holds: RegExp): boolean =>
  holds.test(JSON.stringify(resource.props.raw) ?? "");

const signed = ({ type, holds }: Sign, facts: Facts): Resource[] =>
  (facts.byType.get(type) ?? []).filter((resource) => shown(resource, holds));

/** An accepted violation is no proof: the control stays open and the exemption says for how long. */
function judgeRules({ otherwise = [] }: Requirement, rules: readonly string[], facts: Facts): Part {
  const decisions = rules.flatMap((rule) => facts.byRule.get(rule) ?? []);
  const names = rules.join(", ");
  if (decisions.length === 0) {
    const signs = otherwise.flatMap((sign) => signed(sign, facts));
    return signs.length > 0
      ? { met: true, because: named(signs), evidence: signs.map(({ urn }) => urn) }
      : { met: false, because: `nothing here is decided by ${names}`, evidence: [] };
  }
  const failed = decisions.filter((decision) => decision.verdict === "violation");
  if (failed.length > 0) {
    const accepted = failed.every(({ rule, urn }) => facts.exempt.has(`${rule}\n${urn}`));
    const because = `${accepted ? "exempted violations" : "violations"} of ${[...new Set(failed.map(({ rule }) => rule))].join(", ")}`;
    return { met: false, because, evidence: failed.map(({ urn }) => urn) };
  }
  const passed = decisions.filter((decision) => decision.verdict === "pass");
  if (passed.length < decisions.length) {
    const open = decisions.filter((decision) => decision.verdict === "undecided");
    return {
      met: false,
      because: `${names} cannot be told yet`,
      evidence: open.map(({ urn }) => urn),
    };
  }
  const urns = [...new Set(passed.map(({ urn }) => urn))];
  return {
    met: true,
    because: `${names} passed on ${urns.length} of ${urns.length} resources`,
    evidence: urns,
  };
}

function named(resources: readonly Resource[]): string {
  const names = resources.slice(0, NAMED).map((resource) => resource.name);
  return resources.length > NAMED
    ? `${names.join(", ")} and ${resources.length - NAMED} more`
    : names.join(", ");
}

/** The report for a terminal. */
export function toControlText(answers: readonly ControlAnswer[]): string {
  const lines = answers.flatMap(({ id, title, status, requirements }) => [
    `NIST-${id.padEnd(6)} ${status.padEnd(12)} ${title}`,
    ...requirements.map(
      ({ met, text, because }) => `    ${met ? "yes" : "no "}  ${text}: ${because}`,
    ),
    "",
  ]);
  const number = (status: ControlAnswer["status"]): number =>
    answers.filter((item) => item.status === status).length;
  return `${lines.join("\n")}\n${number("covered")} controls covered, ${number("partly")} partly, ${number("not covered")} not covered\n`;
}
