import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "./cloud";

/** One thing that is wrong with the input: where it stands, and a sentence that ends in a remedy. */
export interface Problem {
  /** Path in the configuration or description, e.g. `services.api.cpu`. */
  readonly path: string;
  readonly message: string;
}

/** Collects problems, so that everything wrong is said at once and before any resource exists. */
export class Problems {
  private readonly found: Problem[] = [];

  add(path: string, message: string): void {
    this.found.push({ path, message });
  }

  get all(): readonly Problem[] {
    return this.found;
  }

  /** Throws `InvalidInput` with every problem found so far; does nothing when there is none. */
  throwIfAny(): void {
    if (this.found.length > 0) throw new InvalidInput(this.found);
  }
}

/**
 * The input cannot be deployed. A `RunError`, so that the engine prints the sentences without a
 * stack trace and nothing has been registered yet.
 */
export class InvalidInput extends pulumi.RunError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const lines = problems.map(({ path, message }) => `  ${path}: ${message}`);
    super(
      `the configuration has ${count}; nothing was registered or changed:\n${lines.join("\n")}`,
    );
    this.name = "InvalidInput";
    this.problems = problems;
  }
}

/** A cloud cannot do what an option asks. Raised while resolving, never after a resource exists. */
export class UnsupportedOption extends pulumi.RunError {
  constructor(cloud: Cloud, option: string, why: string) {
    super(unsupported(cloud, option, why));
    this.name = "UnsupportedOption";
  }
}

/** The sentence of an unsupported option, for those who collect problems instead of throwing. */
export function unsupported(cloud: Cloud, option: string, why: string): string {
  return `${option} is not supported on ${cloud}: ${why}`;
}
