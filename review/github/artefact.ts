import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { InputError } from "../input/problem";
import { KINDS } from "../plan-diff/changes";
import type { StackDiff } from "../plan-diff/compare";
import { SEVERITIES } from "../result";

/** Bytes that a file of an artefact may have. */
const LARGEST = 8 * 1024 * 1024;

const text = z.string().max(4000);
const finding = z.object({
  rule: text,
  title: text,
  severity: z.enum(SEVERITIES),
  level: z.enum(["mandatory", "advisory", "disabled"]),
  type: text,
  name: text,
  urn: text,
  path: text,
  message: text,
  fix: text,
});
const compared = <T extends z.ZodType>(item: T) =>
  z.object({ added: z.array(item), removed: z.array(item) });

/** What `bin/plan-diff --json` writes, as far as a comment shows it. */
const planDiff = z.object({
  base: text,
  head: text,
  stacks: z.array(
    z.object({
      stack: text,
      errors: z.array(z.string().max(20_000)),
      changes: z.array(
        z.object({
          kind: z.enum(KINDS),
          urn: text,
          type: text,
          name: text,
          data: z.boolean(),
          properties: z.array(
            z.object({
              path: text,
              before: text.optional(),
              after: text.optional(),
              replaces: z.boolean(),
            }),
          ),
        }),
      ),
      unchanged: z.number(),
      findings: compared(finding),
      connections: compared(text),
      inventory: z.array(z.object({ type: text, before: z.number(), after: z.number() })),
    }),
  ),
});

export interface PlanDiff {
  readonly base: string;
  readonly head: string;
  readonly stacks: readonly StackDiff[];
}

/**
 * Reads the artefact of a run on somebody else's code: it may hold anything. Only data comes out, which
 * trusted code then makes a comment of; no text of the artefact is posted as it stands.
 */
export function readPlanDiff(folder: string): PlanDiff {
  const file = "plan-diff.json";
  const result = planDiff.safeParse(readJson(folder, file));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new InputError(
      `${file}: is not a plan diff: ${issue?.path.join(".")}: ${issue?.message}.`,
    );
  }
  return result.data as unknown as PlanDiff;
}

/** Refuses a SARIF file that GitHub would refuse, or that is something else. */
export function checkSarif(folder: string): boolean {
  const file = "review.sarif";
  if (!existsSync(join(folder, file))) return false;
  const sarif = z.object({
    version: z.literal("2.1.0"),
    runs: z.array(
      z.object({ tool: z.object({ driver: z.object({ name: z.literal("Portolan") }) }) }),
    ),
  });
  if (!sarif.safeParse(readJson(folder, file)).success) {
    throw new InputError(`${file}: is not a SARIF 2.1.0 file of Portolan's.`);
  }
  return true;
}

function readJson(folder: string, name: string): unknown {
  const file = join(folder, name);
  if (!existsSync(file)) throw new InputError(`${name}: is not in the artefact.`);
  const { size } = statSync(file);
  if (size > LARGEST) throw new InputError(`${name}: has ${size} bytes, more than ${LARGEST}.`);
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new InputError(`${name}: is not JSON.`);
  }
}
