import fs from "node:fs";
import path from "node:path";
import { sandboxWith, succeed, type Run } from "./deployed";

/** One step of an update, as the engine logs it. */
export interface Operation {
  /** `create`, `update`, `delete`, `create-replacement` ... never `same`. */
  readonly op: string;
  readonly urn: string;
  /** Place in the log at which it began. */
  readonly from: number;
  /** Place in the log at which it had succeeded; absent when it did not. */
  readonly to?: number;
}

interface LogLine {
  readonly sequence: number;
  readonly resourcePreEvent?: { readonly metadata: { readonly op: string; readonly urn: string } };
  readonly resOutputsEvent?: { readonly metadata: { readonly op: string; readonly urn: string } };
}

/** An update and what it did to single resources, in the order the engine began with them. */
export interface Update extends Run {
  readonly operations: readonly Operation[];
}

/** Runs `up` without a preview and reads the engine's own log of it. */
export function update(project: string, ...args: string[]): Update {
  return updateWith({}, project, ...args);
}

/** The same, with more in its environment. */
function updateWith(
  env: Readonly<Record<string, string>>,
  project: string,
  ...args: string[]
): Update {
  const log = path.join(project, "events.json");
  fs.rmSync(log, { force: true });
  // As the Automation API does it: the log is an option of the debugging commands.
  const run = sandboxWith(
    { PULUMI_DEBUG_COMMANDS: "true", ...env },
    project,
    ...["up", "--yes", "--skip-preview", "--event-log", log],
    ...args,
  );
  return {
    ...run,
    operations: fs.existsSync(log) ? operationsOf(fs.readFileSync(log, "utf8")) : [],
  };
}

/** An update that must succeed. */
export function updated(project: string, ...args: string[]): readonly Operation[] {
  const run = update(project, ...args);
  succeed(run);
  return run.operations;
}

/** An update that must succeed although nothing is forgiven that did not wait for all it needs. */
export function updatedStrictly(project: string, ...args: string[]): void {
  succeed(updateWith({ SANDBOX_STRICT: "1" }, project, ...args));
}

const QUIET = new Set(["same", "read", "read-replacement", "refresh", "discard"]);

function operationsOf(log: string): Operation[] {
  const lines = log
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as LogLine);
  const done = new Map<string, number>();
  for (const { sequence, resOutputsEvent } of lines) {
    if (!resOutputsEvent) continue;
    const { op, urn } = resOutputsEvent.metadata;
    done.set(`${op} ${urn}`, sequence);
  }
  return lines.flatMap(({ sequence, resourcePreEvent }) => {
    if (!resourcePreEvent || QUIET.has(resourcePreEvent.metadata.op)) return [];
    const { op, urn } = resourcePreEvent.metadata;
    const to = done.get(`${op} ${urn}`);
    return [{ op, urn, from: sequence, ...(to === undefined ? {} : { to }) }];
  });
}
