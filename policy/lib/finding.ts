import type { Severity } from "@pulumi/policy";
import type { Level } from "./config";
import type { Exemption } from "./exemptions";
import type { Category, Phase, Profile, Report, Rule } from "./rule";
import type { Resource } from "./resource";
import { cloudOf } from "./tokens";

/** One answer about one resource, with all a reader needs to act on it. */
export interface Finding {
  /** Rule id. */
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly category: Category;
  readonly profile: Profile;
  /** mandatory findings stop an update; advisory ones are told. */
  readonly level: Level;
  /** Type token as registered. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Property the finding is about. */
  readonly path: string;
  /** What is wrong or unknown. */
  readonly message: string;
  /** What to write instead, for the resource's cloud. */
  readonly fix: string;
  readonly controls: Rule["controls"];
}

/** A violation somebody has accepted for a time. */
export interface ExemptedFinding extends Finding {
  readonly exemption: Exemption;
}

/** A rule that was asked about a resource, and its answer. */
export interface Decision {
  readonly rule: string;
  readonly urn: string;
  readonly verdict: "pass" | "violation" | "undecided";
}

/** Makes the finding of a report. */
export function toFinding(rule: Rule, level: Level, resource: Resource, report: Report): Finding {
  return {
    rule: rule.id,
    title: rule.title,
    severity: rule.severity,
    category: rule.category,
    profile: rule.profile,
    level,
    type: resource.token,
    name: resource.name,
    urn: resource.urn,
    path: report.path,
    message: withConsequence(rule, report),
    fix: fixFor(rule, resource.type),
    controls: rule.controls,
  };
}

/** How a consequence is told, by when it shows. */
const OUTCOMES: Readonly<Record<Phase, string>> = {
  preview: "the provider refuses it",
  create: "the cloud refuses it",
  update: "a later update fails",
  destroy: "destroying or replacing it fails",
  runtime: "it is created and does not work",
};

/** A violation on deployability ends with what the cloud would make of it. */
function withConsequence({ fails }: Rule, { verdict, message, answer, when }: Report): string {
  if (fails === undefined || verdict !== "violation") return message;
  return `${message}; ${OUTCOMES[when ?? fails.when]}: ${answer ?? fails.answer}`;
}

/** The fix for the cloud of a type; all of them where the type belongs to none. */
export function fixFor(rule: Rule, type: string): string {
  const cloud = cloudOf(type);
  const own = cloud === undefined ? undefined : rule.fix[cloud];
  return own ?? Object.values(rule.fix).join(" ");
}
