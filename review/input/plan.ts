import type { PlainResource } from "../../policy/lib/resource";
import type { SourcePosition } from "./source-position";

/** A resource to review, with where the program registered it. */
export interface PlannedResource extends PlainResource {
  /** False for components, which exist in no cloud. */
  readonly custom: boolean;
  /** Program line, where the engine gives one inside the project. */
  readonly position?: SourcePosition;
}

/** What an input file or a stack holds. */
export interface Plan {
  /** What was read, in words for the head of a report. */
  readonly source: string;
  /** File findings point to where the program line is not known; empty where there is none. */
  readonly file: string;
  readonly resources: readonly PlannedResource[];
  /** Whether `{ref}`, `{concat}` and `{json}` are markers: in hand-written lists only. */
  readonly markers: boolean;
  /** What limits the result: left out, failed, incomplete. */
  readonly notes: readonly string[];
}

/** What the engine itself needs and no cloud has. */
export function isEngineResource(type: string): boolean {
  return type.startsWith("pulumi:providers:") || type.startsWith("pulumi:pulumi:");
}
