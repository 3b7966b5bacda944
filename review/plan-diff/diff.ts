import { cpSync, existsSync } from "node:fs";
import { join, relative } from "node:path";
import type { Plan } from "../input/plan";
import { readPreview } from "../input/preview";
import { InputError } from "../input/problem";
import { readState } from "../input/state";
import type { ReviewOptions } from "../review";
import { readChanges, type Change } from "./changes";
import {
  compareConnections,
  compareFindings,
  compareInventory,
  NOTHING,
  type StackDiff,
} from "./compare";
import { sandbox } from "./sandbox";

/** A stack to compare: its name and, where it is not the project's own file, its config. */
export interface StackChoice {
  readonly stack: string;
  /** Path from the project's folder. */
  readonly configFile?: string;
}

/**
 * Deploys the base's stack into its sandbox. A stack that the base does not have yet is empty. Throws
 * InputError when the base itself cannot be deployed: there is nothing to compare with then.
 */
export function deployBase(project: string, choice: StackChoice): Plan | undefined {
  if (!existsSync(fileOf(project, choice))) return undefined;
  const run = sandbox(project, "up", "--yes", "--skip-preview", ...flags(project, choice));
  if (!run.ok) {
    throw new InputError(
      `the base cannot be deployed for ${choice.stack}, so there is nothing to compare with:\n${run.errors.join("\n")}`,
    );
  }
  return stateOf(project, choice.stack);
}

/** The head finds what the base has deployed: state, simulated cloud and generated secrets. */
export function inheritSandbox(base: string, head: string): void {
  const sandbox = join(base, ".sandbox");
  if (existsSync(sandbox)) cpSync(sandbox, join(head, ".sandbox"), { recursive: true });
}

/** Previews and deploys the head over what the base has deployed. */
export function compareStack(
  base: Plan | undefined,
  head: string,
  choice: StackChoice,
  options: ReviewOptions,
): StackDiff {
  const { stack } = choice;
  const empty = { stack, changes: [], unchanged: 0, findings: NOTHING, connections: NOTHING };
  if (!existsSync(fileOf(head, choice))) {
    const missing = `${relative(head, fileOf(head, choice))} is not there any more`;
    return { ...empty, errors: [missing], inventory: [] };
  }
  const preview = sandbox(head, "preview", "--json", "--show-sames", ...flags(head, choice));
  if (!preview.ok) return failed(empty, preview.stdout, preview.errors);
  const changes = readChanges(preview.stdout, `preview of ${stack}`);
  // The update decides what a preview cannot tell, and hears what the cloud refuses.
  const update = sandbox(head, "up", "--yes", "--skip-preview", ...flags(head, choice));
  const plan = update.ok
    ? stateOf(head, stack)
    : readPreview(preview.stdout, `preview of ${stack}`);
  if (plan === undefined) return { ...empty, changes, errors: update.errors, inventory: [] };
  return {
    stack,
    errors: update.errors,
    changes,
    unchanged: plan.resources.filter(({ custom }) => custom).length - present(changes),
    findings: compareFindings(base, plan, options),
    connections: compareConnections(base, plan),
    inventory: compareInventory(base, plan),
  };
}

const present = (changes: readonly Change[]): number =>
  changes.filter(({ kind }) => kind !== "deleted").length;

/** A preview that ended with an error may still tell what it had come to. */
function failed(
  empty: Omit<StackDiff, "errors" | "inventory">,
  stdout: string,
  errors: readonly string[],
): StackDiff {
  const start = stdout.indexOf("{");
  let content: { steps?: unknown; diagnostics?: { severity?: string; message?: string }[] } = {};
  try {
    if (start >= 0) content = JSON.parse(stdout.slice(start)) as typeof content;
  } catch {
    // What the engine printed besides is in the errors already.
  }
  const said = (content.diagnostics ?? [])
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => (message ?? "").trim().replace(/^error: /, ""));
  const changes = Array.isArray(content.steps)
    ? readChanges(JSON.stringify(content), "the preview")
    : [];
  const sentences = [...new Set(said.filter((each) => each !== ""))];
  return { ...empty, changes, errors: sentences.length > 0 ? sentences : errors, inventory: [] };
}

function fileOf(project: string, { stack, configFile }: StackChoice): string {
  return join(project, configFile ?? `Pulumi.${stack}.yaml`);
}

function flags(project: string, choice: StackChoice): string[] {
  return ["--stack", choice.stack, "--config-file", fileOf(project, choice)];
}

function stateOf(project: string, stack: string): Plan | undefined {
  const { stdout } = sandbox(project, "stack", "export", "--stack", stack);
  const { deployment } = JSON.parse(stdout) as { deployment?: { resources?: unknown[] } };
  if ((deployment?.resources ?? []).length < 2) return undefined;
  return readState(stdout, `stack ${stack}`);
}
