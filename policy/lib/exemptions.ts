import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { globToRegExp } from "./glob";

/** A finding that is accepted for a time, by somebody, for a reason. */
export interface Exemption {
  /** Rule id. */
  readonly rule: string;
  /** URN, or a pattern with `*`. */
  readonly urn: string;
  /** Who answers for it. */
  readonly owner: string;
  /** Why it is accepted. */
  readonly reason: string;
  /** Last day it holds, as YYYY-MM-DD (UTC). */
  readonly expires: string;
}

/** A wrong exemptions file; every problem is a sentence. */
export class ExemptionError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "ExemptionError";
    this.problems = problems;
  }
}

const FIELDS = ["rule", "urn", "owner", "reason", "expires"] as const;

/** Reads an exemptions file; throws {@link ExemptionError} with all problems at once. */
export function loadExemptions(file: string, ruleIds: ReadonlySet<string>): Exemption[] {
  let content: unknown;
  try {
    content = load(readFileSync(file, "utf8"));
  } catch (error) {
    throw new ExemptionError([`${file}: cannot be read: ${(error as Error).message}`]);
  }
  return readExemptions(content, ruleIds, file);
}

/** Checks the content of an exemptions file: a list under `exemptions`. */
export function readExemptions(
  content: unknown,
  ruleIds: ReadonlySet<string>,
  file = "exemptions",
): Exemption[] {
  const list = (content as { exemptions?: unknown } | null | undefined)?.exemptions ?? [];
  if (!Array.isArray(list)) throw new ExemptionError([`${file}: exemptions must be a list`]);
  const problems: string[] = [];
  const result = list.map((item: unknown, index) => {
    const entry = readEntry(item);
    const place = `${file}: exemptions[${index}]`;
    for (const field of FIELDS) {
      if (entry[field] === "")
        problems.push(`${place}.${field}: is missing; every exemption needs ${FIELDS.join(", ")}`);
    }
    if (entry.rule !== "" && !ruleIds.has(entry.rule)) {
      problems.push(
        `${place}.rule: there is no rule "${entry.rule}"; docs/policies.md lists them all`,
      );
    }
    if (entry.expires !== "" && !isDay(entry.expires)) {
      problems.push(`${place}.expires: "${entry.expires}" is not a day; write it as YYYY-MM-DD`);
    }
    if (/[[\]{}\\]/.test(entry.urn)) {
      problems.push(
        `${place}.urn: "${entry.urn}" is not a pattern; only * and ? stand for other characters`,
      );
    }
    if (/^\*+$/.test(entry.urn)) {
      problems.push(
        `${place}.urn: "${entry.urn}" would exempt everything; name the resources it is about`,
      );
    }
    return entry;
  });
  if (problems.length > 0) throw new ExemptionError(problems);
  return result;
}

/** True on and after the day that follows the last one. */
export function isExpired(exemption: Exemption, now: Date): boolean {
  return now.getTime() >= Date.parse(`${exemption.expires}T00:00:00Z`) + 86_400_000;
}

/** Finds the exemption of a finding and remembers which ones were of use. */
export class ExemptionBook {
  private readonly entries: { exemption: Exemption; pattern: RegExp; used: boolean }[];

  constructor(exemptions: readonly Exemption[]) {
    this.entries = exemptions.map((exemption) => ({
      exemption,
      pattern: globToRegExp(exemption.urn),
      used: false,
    }));
  }

  /** The exemption that covers a rule's finding on a URN, expired or not. */
  find(rule: string, urn: string): Exemption | undefined {
    for (const entry of this.entries) {
      if (entry.exemption.rule !== rule || !entry.pattern.test(urn)) continue;
      entry.used = true;
      return entry.exemption;
    }
    return undefined;
  }

  /**
   * Exemptions for this stack that covered nothing. Those whose URN names another stack or project do not count, nor
   * those for any stack of a project whose resource this stack does not have.
   */
  unused(urns: readonly string[]): Exemption[] {
    const homes = new Set(urns.map(homeOf));
    return this.entries
      .filter(({ used, exemption, pattern }) => {
        if (used || ![...homes].some((home) => mayMatchHome(exemption.urn, home))) return false;
        return !isForAnyStack(exemption.urn) || urns.some((urn) => pattern.test(urn));
      })
      .map((entry) => entry.exemption);
  }
}

/** `urn:pulumi:STACK::PROJECT` of a URN. */
function homeOf(urn: string): string {
  return urn.split("::").slice(0, 2).join("::");
}

function mayMatchHome(glob: string, home: string): boolean {
  const parts = glob.split("::");
  const head =
    parts.length > 2 && parts[0]?.startsWith("urn:") ? parts.slice(0, 2).join("::") : "*";
  return globToRegExp(head).test(home);
}

function isForAnyStack(glob: string): boolean {
  return glob.startsWith("urn:pulumi:*::");
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

function readEntry(item: unknown): Exemption {
  const given = typeof item === "object" && item !== null ? (item as Record<string, unknown>) : {};
  const text = (key: string): string => {
    const value = given[key];
    // YAML reads an unquoted day as a date.
    if (value instanceof Date) return value.toISOString().slice(0, 10);
    return typeof value === "string" ? value.trim() : "";
  };
  return {
    rule: text("rule"),
    urn: text("urn"),
    owner: text("owner"),
    reason: text("reason"),
    expires: text("expires"),
  };
}
