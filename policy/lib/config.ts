import type { EnforcementLevel } from "@pulumi/policy";
import type { Rule } from "./rule";
import { readSettings, type Settings } from "./settings";

/** Levels a rule can have here; nothing is ever changed for the user, so there is no "remediate". */
export type Level = Exclude<EnforcementLevel, "remediate">;

const LEVELS: readonly string[] = ["advisory", "mandatory", "disabled"];

/** Name under which a config file holds what rules share. */
export const SETTINGS_KEY = "settings";

/** Config of the pack in the form of the CLI's `--policy-pack-config`: rule id (or "all") to level or object. */
export type PackConfig = Readonly<Record<string, unknown>>;

/** Config as rules and the engine use it. */
export interface Configuration {
  readonly settings: Settings;
  /** The level of a rule. */
  levelOf(rule: Rule): Level;
}

/** Wrong configuration; every problem is a sentence. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/** Checks a config against the rules there are; throws {@link ConfigError} with all problems at once. */
export function readConfig(config: PackConfig, rules: readonly Rule[]): Configuration {
  const problems: string[] = [];
  const known = new Set(["all", SETTINGS_KEY, ...rules.map((rule) => rule.id)]);
  const levels = new Map<string, Level>();
  for (const [key, value] of Object.entries(config)) {
    if (!known.has(key)) {
      problems.push(`${key}: there is no rule of this id; docs/policies.md lists them all`);
      continue;
    }
    const level = readLevel(key, value, problems);
    if (level !== undefined) levels.set(key, level);
  }
  const parameters = { ...asObject(config[SETTINGS_KEY]) };
  // The CLI adds a level to every entry; settings have no use for it.
  delete parameters.enforcementLevel;
  const settings = readSettings(parameters, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    settings,
    levelOf: (rule) => levels.get(rule.id) ?? levels.get("all") ?? defaultLevel(rule, settings),
  };
}

/** The level of a rule that no config mentions. */
export function defaultLevel(
  rule: Rule,
  settings: Pick<Settings, "requireCustomerManagedKeys">,
): Level {
  if (rule.profile === "cmk") return settings.requireCustomerManagedKeys ? "mandatory" : "disabled";
  if (rule.profile === "strict") return "advisory";
  return rule.severity === "critical" || rule.severity === "high" ? "mandatory" : "advisory";
}

function readLevel(key: string, value: unknown, problems: string[]): Level | undefined {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const level = isObject ? (value as Record<string, unknown>).enforcementLevel : value;
  if (isObject && level === undefined) return undefined;
  if (typeof level === "string" && LEVELS.includes(level)) return level as Level;
  problems.push(`${key}: ${JSON.stringify(level)} is not a level; use ${LEVELS.join(", ")}`);
  return undefined;
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
