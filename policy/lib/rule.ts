import type { Severity } from "@pulumi/policy";
import type { Graph } from "./graph/graph";
import type { Resource } from "./resource";
import type { Settings } from "./settings";
import type { Cloud } from "./tokens";
import type { Value } from "./value/value";

/** What a rule is about; a rule has exactly one. */
export const CATEGORIES = [
  "non-root",
  "encryption-at-rest",
  "public-database",
  "tls",
  "iam-wildcard",
  "backup",
  "deletion-protection",
  "public-bucket",
  "privileged-container",
  "plaintext-secret",
  "log-retention",
  "image-tag",
  "admin-port",
  "open-ingress",
  "private-network",
  "kms-rotation",
  "worm",
  "public-service",
  "secret-rotation",
  "access-log",
  "auth",
  "deployability",
] as const;

/** One of {@link CATEGORIES}. */
export type Category = (typeof CATEGORIES)[number];

/** baseline: a defect anywhere; strict: what most production set-ups choose; cmk: wants the customer's own key. */
export type Profile = "baseline" | "strict" | "cmk";

/** One answer of a rule about one property; a rule that reports nothing passes. */
export interface Report {
  readonly verdict: "violation" | "undecided";
  /** Path of the property that is wrong or unknown. */
  readonly path: string;
  /** What is wrong, as a sentence without secret values. */
  readonly message: string;
  /** Resource the finding hangs on, where it is not the one checked. */
  readonly resource?: Resource;
  /** What the cloud answers here, where it is more exact than the rule's own {@link Consequence}. */
  readonly answer?: string;
  /** When it shows, where that is another time than the rule's own. */
  readonly when?: Phase;
}

/** When a violation shows. */
export type Phase = "preview" | "create" | "update" | "destroy" | "runtime";

/** What the cloud makes of a violation. */
export interface Consequence {
  readonly when: Phase;
  /** The error it answers with; what is then wrong, where it accepts the resource. */
  readonly answer: string;
}

/** What a rule may ask besides the resource itself. */
export interface Context {
  readonly settings: Settings;
}

/** Decides on one resource. */
export type Check = (resource: Resource, context: Context) => Report[];

/** Decides on links between resources, once per stack. Every report names its resource. */
export interface StackCheck {
  /** The rule is asked only if the stack has a resource of one of these types. */
  readonly types: readonly string[];
  readonly run: (graph: Graph, context: Context) => (Report & { readonly resource: Resource })[];
}

/** A rule: what it says and how it decides. */
export interface Rule {
  /** Unique, in kebab case; the policy's name in the engine's output. */
  readonly id: string;
  /** The demand, as a short sentence. */
  readonly title: string;
  readonly severity: Severity;
  readonly category: Category;
  readonly profile: Profile;
  /** What can happen otherwise. */
  readonly why: string;
  /** What to write, per cloud the rule knows. */
  readonly fix: Partial<Record<Cloud, string>>;
  /** Control ids: NIST SP 800-53 revision 5 and CIS Controls version 8. */
  readonly controls: { readonly nist: readonly string[]; readonly cis: readonly string[] };
  /** What really happens; for rules on deployability. */
  readonly fails?: Consequence;
  /** Page that documents it. */
  readonly source?: string;
  /** Decided per resource, by type token. */
  readonly check?: Readonly<Record<string, Check>>;
  /** Decided on the whole stack. */
  readonly checkStack?: StackCheck;
}

/** Every type a rule decides on. */
export function typesOf(rule: Rule): string[] {
  return [...new Set([...Object.keys(rule.check ?? {}), ...(rule.checkStack?.types ?? [])])];
}

/** One function for several types. */
export function forTypes(types: readonly string[], check: Check): Record<string, Check> {
  return Object.fromEntries(types.map((type) => [type, check]));
}

/** A violation at a property. */
export function violation(value: Value, message: string): Report {
  return { verdict: "violation", path: value.path, message };
}

/** An answer that has to wait for the update. */
export function undecided(value: Value): Report {
  const path = value.path === "" ? "the resource" : value.path;
  return {
    verdict: "undecided",
    path: value.path,
    message: `cannot tell yet: ${path} is unknown until the update`,
  };
}

/** An answer that has to wait for the update or for somebody who knows more than the plan. */
export function cannotTell(value: Value, what: string): Report {
  return { verdict: "undecided", path: value.path, message: `cannot tell yet ${what}` };
}
