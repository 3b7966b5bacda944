import type { z } from "zod";
import type { Problems } from "../components/errors";
import { stackSchema, STRUCTURED, type StackConfig } from "./schema";

const PREFIX = "portolan:";

/**
 * Reads `portolan:*` out of the engine's configuration, which is text throughout, and reports
 * everything that is wrong with it. Returns undefined when something is.
 */
export function readStackConfig(
  config: Readonly<Record<string, string>>,
  problems: Problems,
): StackConfig | undefined {
  const values: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(config)) {
    if (!key.startsWith(PREFIX)) continue;
    const name = key.slice(PREFIX.length);
    values[name] = parse(name, text, problems);
  }
  const result = stackSchema.safeParse(values);
  if (!result.success) report(result.error, problems);
  else checkDestinations(result.data, problems);
  return result.success && problems.all.length === 0 ? result.data : undefined;
}

/** Adds each issue of a schema as a path and a sentence. */
export function report(error: z.ZodError, problems: Problems, prefix = PREFIX): void {
  for (const issue of error.issues) {
    const path = `${prefix}${issue.path.join(".")}`;
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) {
        const at = issue.path.length > 0 ? `${path}.${key}` : `${prefix}${key}`;
        problems.add(at, "is not a setting; remove it or correct its name");
      }
    } else if (isMissing(issue)) {
      // What could not even be read has been reported where it was read.
      if (problems.all.some((problem) => problem.path === path)) continue;
      const flag = issue.path.length > 1 ? "--path " : "";
      problems.add(path, `is missing; set it with \`pulumi config set ${flag}${path}\``);
    } else {
      problems.add(path, issue.message);
    }
  }
}

const isMissing = (issue: z.core.$ZodIssue): boolean =>
  issue.code === "invalid_type" && issue.input === undefined;

function parse(name: string, text: string, problems: Problems): unknown {
  if (!STRUCTURED.has(name)) return text;
  try {
    return JSON.parse(text);
  } catch {
    problems.add(`${PREFIX}${name}`, "is plain text; set it with `pulumi config set --path`");
    return undefined;
  }
}

/** An alarm nobody hears is none. */
function checkDestinations({ profile, alarms }: StackConfig, problems: Problems): void {
  if (profile === "prod" && alarms.emails.length + alarms.webhooks.length === 0) {
    problems.add(
      `${PREFIX}alarms`,
      "a prod stack needs at least one of emails and webhooks, so that somebody hears of trouble",
    );
  }
}
