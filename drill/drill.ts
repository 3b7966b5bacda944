import { setTimeout as sleep } from "node:timers/promises";
import type { DrillCloud, Facts, Source } from "./cloud";
import { DrillError } from "./command";

export interface DrillOptions {
  /** Beginning of restored servers' names; what bears it is this stack's drill's own. */
  readonly prefix: string;
  /** Age of the newest backup above which the drill fails, milliseconds. */
  readonly maxAge: number;
  /** Longest wait for a restore, milliseconds. */
  readonly patience: number;
  /** Milliseconds between two looks. */
  readonly every: number;
  readonly say: (line: string) => void;
}

/** States from which no server becomes ready. */
const BROKEN = /fail|error|incompatible|suspended|inaccessible/i;

/**
 * Restores a server's newest backup beside it, holds the two against each other and removes the restored one,
 * whatever happened. Throws a DrillError that says what is wrong.
 */
export async function drill(
  source: Source,
  cloud: DrillCloud,
  options: DrillOptions,
): Promise<void> {
  const { prefix, say } = options;
  const place = cloud.scratchPlace(source);
  // A drill that was killed has left its server, which costs money and holds data.
  for (const leftover of cloud.list(prefix, place)) {
    say(`${source.name}: removes ${leftover}, which an earlier drill has left`);
    cloud.remove(leftover, place);
  }
  const moment = cloud.newest(source);
  const age = Date.now() - moment.getTime();
  say(`${source.name}: the newest backup is of ${moment.toISOString()}, ${hours(age)} h old`);
  if (age > options.maxAge) {
    throw new DrillError(
      `${source.name}: the newest backup is ${hours(age)} h old, and ${hours(options.maxAge)} h are allowed.`,
    );
  }
  const before = cloud.facts(source.id, source.place);
  const scratch = `${prefix}${Date.now().toString(36)}`;
  const began = Date.now();
  try {
    cloud.restore(source, scratch, moment);
    say(`${source.name}: restores into ${scratch}`);
    const restored = await ready(scratch, place, cloud, options);
    const minutes = ((Date.now() - began) / 60_000).toFixed(0);
    say(`${source.name}: ${scratch} takes connections after ${minutes} min`);
    compare(source.name, before, restored);
    say(`${source.name}: engine, encryption, network and size are as before`);
  } finally {
    // A restore that was refused has made nothing.
    if (cloud.list(scratch, place).length > 0) {
      cloud.remove(scratch, place);
      say(`${source.name}: ${scratch} is removed`);
    }
  }
}

async function ready(
  scratch: string,
  place: string,
  cloud: DrillCloud,
  { patience, every }: DrillOptions,
): Promise<Facts> {
  const end = Date.now() + patience;
  for (;;) {
    const facts = cloud.facts(scratch, place);
    if (facts.ready) return facts;
    if (BROKEN.test(facts.state))
      throw new DrillError(`${scratch}: the restore ended as "${facts.state}".`);
    if (Date.now() > end) {
      throw new DrillError(
        `${scratch}: is still "${facts.state}" after ${hours(patience)} h; raise --patience if that is normal here.`,
      );
    }
    await sleep(every);
  }
}

function compare(name: string, before: Facts, restored: Facts): void {
  const differences = Object.entries(before.same)
    .filter(([key, value]) => restored.same[key] !== value)
    .map(([key, value]) => `${key} was "${value}" and is "${restored.same[key]}"`);
  if (restored.public) differences.push("the restored server is reachable from the internet");
  if (restored.storageGiB < before.storageGiB) {
    differences.push(`its disk has ${restored.storageGiB} GiB, and ${before.storageGiB} before`);
  }
  if (differences.length > 0) throw new DrillError(`${name}: ${differences.join("; ")}.`);
}

const hours = (milliseconds: number): string => (milliseconds / 3_600_000).toFixed(1);
