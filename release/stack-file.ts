import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as yaml from "js-yaml";
import type { Traffic, Wanted } from "./engine";
import { UsageError } from "./error";

type Config = Record<string, unknown>;

/**
 * The stack's config file as the updates of a release see it: a copy with other images, with the
 * division of traffic and with what is to become of jobs. The file itself is a person's, and in git; a release never changes it.
 */
export class StackFile {
  readonly #source: string;
  readonly #copy: string;
  readonly #content: { config?: Config | null; secretsprovider?: string };

  constructor(root: string, stack: string, given: string | undefined) {
    const name = stack.split("/").at(-1) ?? stack;
    this.#source = resolve(root, given ?? `Pulumi.${name}.yaml`);
    if (!existsSync(this.#source)) {
      throw new UsageError(
        `${this.#source}: does not exist; name the stack's config file with --config-file`,
      );
    }
    const folder = join(root, ".portolan", "release");
    mkdirSync(folder, { recursive: true });
    this.#copy = join(folder, `Pulumi.${name}.yaml`);
    this.#content = read(this.#source);
  }

  get secretsProvider(): string | undefined {
    return this.#content.secretsprovider;
  }

  /** Value of a key with its namespace, e.g. `release:bake`. */
  value(key: string): unknown {
    return this.#content.config?.[key];
  }

  /** Keys of a namespace. */
  keys(namespace: string): string[] {
    return Object.keys(this.#content.config ?? {}).filter((key) => key.startsWith(namespace));
  }

  /** Images as the file names them. */
  get images(): Readonly<Record<string, unknown>> {
    return (this.value("portolan:images") ?? {}) as Record<string, unknown>;
  }

  /** Writes the copy and gives its path. */
  write(wanted: Wanted, traffic?: Traffic): string {
    const {
      "release:serving": _serving,
      "release:percent": _percent,
      "release:jobs": _jobs,
      ...config
    } = this.#content.config ?? {};
    const content = {
      ...this.#content,
      config: {
        ...config,
        "portolan:images": { ...this.images, ...wanted.images },
        ...(traffic
          ? { "release:serving": traffic.serving, "release:percent": traffic.percent }
          : {}),
        ...(wanted.jobs === "skip" ? { "release:jobs": "skip" } : {}),
      },
    };
    writeFileSync(this.#copy, yaml.dump(content), { mode: 0o600 });
    return this.#copy;
  }
}

function read(file: string): { config?: Config; secretsprovider?: string } {
  try {
    return (yaml.load(readFileSync(file, "utf8")) ?? {}) as { config?: Config };
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`);
  }
}
