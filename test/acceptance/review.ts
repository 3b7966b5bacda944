import path from "node:path";
import { readState } from "../../review/input/state";
import { review } from "../../review/review";
import { catches, catchesAny, mutationsOf } from "../policy/deployed/mutations";
import { miswiringsOf } from "../policy/deployed/wires";
import { ROOT } from "../docs/markdown";
import type { Deployed } from "../support/deployed";
import type { Stage } from "../support/stacks";

/** Advisory rules that ask for what was decided otherwise, and why. */
const CHOICES: Readonly<Record<string, string>> = {
  "aws-ecs-service-linked-role":
    "accounts are prepared once; a program cannot, as it would fail in every other account",
  "backup-depth": "a second region for Azure's backups is the operator's choice",
  "bucket-versioning": "access logs are written once and never overwritten",
  "cache-snapshot": "a cache is filled again from its source",
  "image-digest": "versions are tags, and the stack's own registries never move one",
  "private-endpoints": "Azure's registry has private endpoints in its premium tier only",
  "secret-rotation": "the applications read their secrets at their start",
  "shared-keys": "bootstrap jobs need the administrator's password, flow logs the account's keys",
};

/** What an application really demands, with an owner and a last day. */
const EXEMPTIONS = path.join(ROOT, "policy/exemptions.yaml");

/** What staging does without. */
const STAGING = ["database-standby", "deletion-protection", "final-snapshot"];

/** Fewest mutations that any system has to offer on any cloud; LatticePolicy alone offers more than 700 on four. */
const LEAST = 30;

/** Fewest ways to wire LatticePolicy wrongly on any cloud; about 220 on all four. */
const LEAST_WIRES = 10;

/** The pack finds nothing mandatory, and nothing advisory besides the choices. */
export function expectNothingFound(stage: Stage, stack: Deployed): void {
  const chosen = [...Object.keys(CHOICES), ...(stage === "staging" ? STAGING : [])];
  const { violations } = review(readState(stack.text, "the deployed stack"), {
    exemptions: EXEMPTIONS,
  });
  const unexpected = violations.filter(
    ({ rule, level }) => level === "mandatory" || !chosen.includes(rule),
  );
  expect(unexpected.map(({ rule, urn, message }) => [rule, urn, message])).toEqual([]);
}

/** Each mutation of the deployed state is found by the rule it belongs to. */
export function expectCaught(stack: Deployed): void {
  const { resources } = readState(stack.text, "the deployed stack");
  const mutations = [...mutationsOf(resources)];
  expect(mutations.length).toBeGreaterThanOrEqual(LEAST);
  const missed = mutations.filter((each) => !catches(each.rule, resources, each.resources));
  expect(missed.map(({ text, rule }) => `${text} (${rule})`)).toEqual([]);
}

/** Each way to wire the deployed stack wrongly is found by a rule about who reaches what, or who waits for whom. */
export function expectWired(stack: Deployed): void {
  const { resources } = readState(stack.text, "the deployed stack");
  const miswirings = [...miswiringsOf(resources)];
  expect(miswirings.length).toBeGreaterThanOrEqual(LEAST_WIRES);
  const missed = miswirings.filter((each) => !catchesAny(each.rules, resources, each.resources));
  expect(missed.map(({ text, rules }) => `${text} (${rules.join(" or ")})`)).toEqual([]);
}
