import { join } from "node:path";
import type { Clock } from "./context";
import { loadDriver } from "./drivers/load";
import type { Driver } from "./driver";
import type { Engine } from "./engine";
import { UsageError } from "./error";
import { JournalStore } from "./journal";
import { JournalStack } from "./journal-stack";
import { duration, steps as parseSteps, type CommonOptions } from "./options";
import { projectOf } from "./project";
import { PulumiEngine } from "./pulumi-engine";
import type { Claim, Journal } from "./record";
import type { Stack } from "./stack";
import { StackFile } from "./stack-file";

const POLICY = join(__dirname, "..", "policy");

/** Watched without an option and without `release:bake`. */
const BAKE = "10m";

/** Everything that is open while a release is at work. */
export interface Desk {
  readonly root: string;
  readonly file: StackFile;
  readonly engine: Engine;
  readonly driver: Driver;
  readonly store: JournalStore;
  /** The journal when the desk was opened. */
  readonly journal: Journal;
  /** The stack when the desk was opened. */
  readonly stack: Stack;
  readonly steps: readonly number[];
  /** In milliseconds. */
  readonly bake: number;
  /** Says that the claim of a dead process was found, whose lock may be taken away. */
  died(claim: Claim | undefined): void;
}

/** Opens stack, cloud and journal; refuses what no release could work with. */
export async function openDesk(
  options: CommonOptions & { readonly steps?: readonly number[] },
  clock: Clock,
): Promise<Desk> {
  const { root, name } = projectOf(options.cwd);
  const file = new StackFile(root, options.stack, options.configFile);
  const steps = options.steps ?? read("release:steps", file, parseSteps, "100");
  const bake = options.bake ?? read("release:bake", file, duration, BAKE);
  let dead: Claim | undefined;
  const engine = new PulumiEngine({
    root,
    stack: options.stack,
    file,
    pack: options.policy ? POLICY : undefined,
    dead: () => dead,
  });
  const stack = await engine.stack();
  const { cloud } = stack.outputs;
  if (typeof cloud !== "string") {
    throw new UsageError(
      `${options.stack}: is not deployed; its first version comes with \`pulumi up --stack ${options.stack}\``,
    );
  }
  const driver = await loadDriver(cloud, engine);
  await driver.check(steps, bake);
  const place = new JournalStack(root, name, options.stack, file.secretsProvider);
  const store = new JournalStore(place, clock);
  const journal = await store.read();
  store.refuseOther(journal, options.takeOver);
  return {
    ...{ root, file, engine, driver, store, journal, stack, steps, bake },
    died: (claim) => (dead = claim),
  };
}

/** A setting of the stack's config file, in the same words as on the command line. */
function read<T>(key: string, file: StackFile, parse: (text: string) => T, usual: string): T {
  const given = file.value(key) ?? usual;
  try {
    return parse(Array.isArray(given) ? given.join(",") : String(given));
  } catch (error) {
    throw new UsageError(`${key}: ${(error as Error).message}`);
  }
}
