import type { Severity } from "@pulumi/policy";
import type { Consequence, Phase, Rule } from "../rule";
import { typesOf } from "../rule";
import { cloudOf, type Cloud } from "../tokens";

/** What a violation does to a deployment. */
export type Effect = "error" | "hang" | "broken" | "insecure" | "silent" | "data-loss";

/** A rule on deployability, as its file writes it. */
export interface DeployabilityRule {
  readonly id: string;
  /** The demand, as a short sentence without a full stop. */
  readonly title: string;
  readonly fails: Consequence & { readonly effect: Effect };
  /** How sure it is that the cloud behaves so. Default high. */
  readonly confidence?: "high" | "medium";
  /** What to write. */
  readonly fix: string;
  /** Page that documents it. */
  readonly source?: string;
  readonly check?: Rule["check"];
  readonly checkStack?: Rule["checkStack"];
}

const BEGINNINGS: Readonly<Record<Phase, string>> = {
  preview: "The provider refuses it",
  create: "The cloud refuses it",
  update: "A later update fails",
  destroy: "Destroying or replacing it fails",
  runtime: "It is created and does not work",
};

/**
 * Fills in what rules on deployability have in common. Their controls ask for changes to be analysed before they are
 * made, and for one secure way to configure.
 */
export function deployability(given: DeployabilityRule): Rule {
  const { fix, fails, check, checkStack, source, confidence = "high" } = given;
  const { when, answer, effect } = fails;
  const rule: Rule = {
    id: given.id,
    title: given.title,
    severity: severityOf(when, effect, confidence),
    category: "deployability",
    profile: "baseline",
    why: `${BEGINNINGS[when]}: ${answer.replace(/\.$/, "")}.`,
    fix: {},
    controls: { nist: ["CM-3(2)", "CM-4"], cis: ["4.1"] },
    fails: { when, answer },
    ...(source === undefined ? {} : { source }),
    ...(check === undefined ? {} : { check }),
    ...(checkStack === undefined ? {} : { checkStack }),
  };
  const clouds = new Set(typesOf(rule).flatMap((type) => cloudOf(type) ?? []));
  return { ...rule, fix: Object.fromEntries([...clouds].map((cloud: Cloud) => [cloud, fix])) };
}

/**
 * What surely fails at creation, hangs, or surely comes up broken or open stops the update (high is mandatory). What
 * shows only when something is changed or destroyed later, what stays silent, and what is not certain is told.
 */
function severityOf(when: Phase, effect: Effect, confidence: "high" | "medium"): Severity {
  if (confidence === "medium" || effect === "silent") return "medium";
  const later = when === "update" || when === "destroy";
  return later && effect !== "data-loss" ? "medium" : "high";
}
