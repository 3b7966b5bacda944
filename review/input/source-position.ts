/** A line of the reviewed program. */
export interface SourcePosition {
  /** Path from the project's folder. */
  readonly file: string;
  /** Line, from 1. */
  readonly line: number;
  /** Column, from 1; absent where the engine gives none. */
  readonly column?: number;
}

/**
 * The program line that registered a resource: the engine's position, or the first frame of its trace that lies in the
 * project, where the position itself is inside a package.
 */
export function positionOf(state: Readonly<Record<string, unknown>>): SourcePosition | undefined {
  const own = parse(state.sourcePosition);
  if (own !== undefined) return own;
  if (!Array.isArray(state.stackTrace)) return undefined;
  for (const frame of state.stackTrace as { sourcePosition?: unknown }[]) {
    const position = parse(frame?.sourcePosition);
    if (position !== undefined) return position;
  }
  return undefined;
}

/** `project:///providers/aws/image.ts#12,5`; what is above the project or in its packages is no line of the program. */
function parse(text: unknown): SourcePosition | undefined {
  if (typeof text !== "string") return undefined;
  const match = /^project:\/\/\/([^#]+)#(\d+)(?:,(\d+))?$/.exec(text);
  const file = match?.[1];
  if (file === undefined || file.startsWith("../") || file.includes("node_modules/"))
    return undefined;
  const line = Number(match?.[2]);
  if (line < 1) return undefined;
  const column = Number(match?.[3] ?? 0);
  return column < 1 ? { file, line } : { file, line, column };
}
