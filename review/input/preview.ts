import { asMap, parseJson } from "./json-file";
import { isEngineResource, type Plan, type PlannedResource } from "./plan";
import { count } from "../result";
import { InputError } from "./problem";
import { fromState } from "./resource-state";

const REMEDY = "write a preview with: pulumi preview --json --show-sames > preview.json";

/** Steps after which the resource is gone. */
const GONE = new Set([
  "delete",
  "delete-replaced",
  "discard",
  "discard-replaced",
  "remove-pending-replace",
  "read-discard",
]);

/** Steps of resources that the stack reads and does not manage. */
const READS = new Set(["read", "read-replacement"]);

/** Reads what `pulumi preview --json` prints: the inputs every resource would have after the update. */
export function readPreview(text: string, file: string): Plan {
  refuseEventStream(text, file);
  const content = asMap(parseJson(text, file, REMEDY));
  if (content === undefined) throw new InputError(`${file}: is not a preview; ${REMEDY}.`);
  if ("deployment" in content || "checkpoint" in content) {
    throw new InputError(`${file}: is a state, not a preview; give it as --file ${file}.`);
  }
  const { steps } = content;
  if (!Array.isArray(steps)) {
    if ("changeSummary" in content || "diagnostics" in content) throw nothingIn(file);
    throw new InputError(
      `${file}: has no steps: it is no preview, or one of another version of Pulumi; ${REMEDY}.`,
    );
  }
  const byUrn = new Map<string, PlannedResource>();
  let reads = 0;
  steps.forEach((value: unknown, index) => {
    const step = asMap(value);
    if (step === undefined || typeof step.op !== "string") {
      throw new InputError(
        `${file}: step ${index + 1} has no op: this is a preview of another version of Pulumi; ${REMEDY}.`,
      );
    }
    if (READS.has(step.op)) reads++;
    if (
      GONE.has(step.op) ||
      READS.has(step.op) ||
      step.newState === undefined ||
      step.newState === null
    )
      return;
    const resource = fromState(step.newState, `${file}: step ${index + 1}`);
    if (!isEngineResource(resource.type)) byUrn.set(resource.urn as string, resource);
  });
  const resources = [...byUrn.values()];
  if (!resources.some((resource) => resource.custom)) throw nothingIn(file);
  return {
    source: `preview ${file}`,
    file,
    resources,
    markers: false,
    notes: notesOf(content, steps, reads),
  };
}

function nothingIn(file: string): InputError {
  return new InputError(
    `${file}: holds no resource that would exist after the update, so there is nothing to check; include unchanged ones: pulumi preview --json --show-sames > preview.json.`,
  );
}

function notesOf(
  content: Record<string, unknown>,
  steps: readonly unknown[],
  reads: number,
): string[] {
  const notes: string[] = [];
  const unchanged = Number(asMap(content.changeSummary)?.same ?? 0);
  const shown = steps.filter((step) => asMap(step)?.op === "same").length;
  if (unchanged > shown) {
    notes.push(
      `${count(unchanged - shown, "unchanged resource")} not in the preview and not checked; add --show-sames to pulumi preview.`,
    );
  }
  if (reads > 0) notes.push(`${count(reads, "resource")} that the stack only reads: left out.`);
  const diagnostics = Array.isArray(content.diagnostics) ? content.diagnostics : [];
  if (diagnostics.some((item) => asMap(item)?.severity === "error")) {
    notes.push("The preview ended with an error, so resources may be missing from it.");
  }
  return notes;
}

/** Several documents in one file: events, or something printed before or after the preview. */
function refuseEventStream(text: string, file: string): void {
  const first = /^\s*(\{.*\})\s*\n\s*\{/.exec(text)?.[1];
  if (first === undefined) return;
  throw new InputError(
    `${file}: is a stream of engine events, not a preview; unset PULUMI_ENABLE_STREAMING_JSON_PREVIEW and ${REMEDY}.`,
  );
}
