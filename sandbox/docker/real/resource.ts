import type Docker from "dockerode";
import type { Plain } from "../../lib/values";

/** What the engine tells of a resource. */
export interface Seen {
  id: string;
  outputs: Record<string, Plain>;
  /** Inputs that are another way now than the program had them. */
  drifted?: Record<string, Plain>;
}

/** One type on the real engine. Inputs and outputs come and go without wrappers. */
export interface RealType {
  /** Throws `Unfinished` when the thing exists and is not what was asked for. */
  create(engine: Docker, inputs: Plain): Promise<Seen>;
  /** Undefined when it is gone. `inputs` is empty for an import. */
  read(engine: Docker, id: string, inputs: Plain): Promise<Seen | undefined>;
  /** What can be changed in place; the rest is taken for good without effect. */
  update?(engine: Docker, id: string, olds: Plain, news: Plain): Promise<void>;
  remove(engine: Docker, id: string, state: Plain): Promise<void>;
}

/** The thing was made; what came after failed. */
export class Unfinished extends Error {
  readonly seen: Seen;

  constructor(reason: string, seen: Seen) {
    super(reason);
    this.seen = seen;
  }
}

/** `[{label, value}]`, as the provider writes labels, into the engine's form. */
export const labelsOf = (labels: Plain): Record<string, string> =>
  Object.fromEntries((labels ?? []).map(({ label, value }: Plain) => [label, value]));

/** Inputs of the program that the engine has another way. */
export function drift(inputs: Plain, real: Record<string, Plain>): Record<string, Plain> {
  return Object.fromEntries(
    Object.entries(real).filter(
      ([key, value]) =>
        inputs[key] !== undefined && JSON.stringify(inputs[key]) !== JSON.stringify(value),
    ),
  );
}
