import { hostname } from "node:os";
import { isAlive } from "./alive";
import type { Clock } from "./context";
import { ReleaseError, UsageError } from "./error";
import type { Claim, Journal, Release } from "./record";

/** Releases that are kept; older ones go. */
const KEPT = 100;
/** A claim that has not been renewed for so long belongs to a dead process, in milliseconds. */
const SILENCE = 5 * 60_000;
/** For so long a claim that was seen is not looked at again, in milliseconds: each look is a call of the CLI. */
const TRUST = 10_000;
/** How often a living process renews its claim, in milliseconds. */
export const BEAT = 60_000;

/** Where journals are kept. */
export interface JournalPlace {
  /** Undefined when the stack was never released. */
  read(): Promise<Journal | undefined>;
  write(journal: Journal): Promise<void>;
}

/**
 * The releases of one stack, and the claim of the process that is at work on them. No backend offers
 * "write if nobody else has", so a claim is read back after it was written, and again before every
 * further write that comes later: of two that begin at the same time, the one that wrote last goes on.
 */
export class JournalStore {
  readonly #place: JournalPlace;
  readonly #clock: Clock;
  readonly #me = { host: hostname(), pid: process.pid };
  #queue: Promise<unknown> = Promise.resolve();
  /** The journal as it was written or read last with our claim in it, and when. */
  #own: { readonly journal: Journal; readonly at: number } | undefined;

  constructor(place: JournalPlace, clock: Clock) {
    this.#place = place;
    this.#clock = clock;
  }

  async read(): Promise<Journal> {
    return (await this.#place.read()) ?? { releases: [] };
  }

  /** Refuses while another process is at work. */
  refuseOther({ claim }: Journal, takeOver: boolean): void {
    if (claim && !takeOver) this.#refuseLiving(claim);
  }

  /** The same, and claims the stack; gives the claim of a dead one, if there was one. */
  async claim(release: string, takeOver: boolean): Promise<Claim | undefined> {
    const journal = await this.read();
    this.refuseOther(journal, takeOver);
    const { claim: other, releases } = journal;
    await this.#write({ releases, claim: this.#claim(release) });
    this.#own = undefined;
    await this.#ours();
    return other;
  }

  /** Writes a release, new or changed. */
  put(release: Release): Promise<void> {
    return this.#next(async () => {
      const { releases } = await this.#ours();
      const others = releases.filter(({ id }) => id !== release.id);
      const kept = [...others, release].slice(-KEPT);
      await this.#write({ releases: kept, claim: this.#claim(release.id) });
    });
  }

  /** Says that this process still lives. */
  beat(): Promise<void> {
    return this.#next(async () => {
      const { releases, claim } = await this.#ours();
      await this.#write({ releases, claim: this.#claim((claim as Claim).release) });
    });
  }

  /** Ends the claim. */
  free(): Promise<void> {
    return this.#next(async () => {
      const { releases } = await this.#ours();
      await this.#place.write({ releases });
    });
  }

  /** One write after the other. */
  #next<T>(action: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(action);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  #claim(release: string): Claim {
    return { release, ...this.#me, beat: this.#clock.now().toISOString() };
  }

  async #write(journal: Journal): Promise<void> {
    await this.#place.write(journal);
    this.#own = { journal, at: this.#clock.now().getTime() };
  }

  /** The journal, as long as the claim in it is ours. */
  async #ours(): Promise<Journal> {
    const now = this.#clock.now().getTime();
    if (this.#own && now - this.#own.at < TRUST) return this.#own.journal;
    const journal = await this.read();
    const { claim } = journal;
    if (claim?.host === this.#me.host && claim.pid === this.#me.pid) {
      this.#own = { journal, at: now };
      return journal;
    }
    throw new ReleaseError(
      claim
        ? `process ${claim.pid} on ${claim.host} has taken ${claim.release} over; let it finish`
        : "another process has ended this release's claim; run the same command again",
    );
  }

  #refuseLiving({ release, host, pid, beat }: Claim): void {
    const here = host === this.#me.host;
    if (here && (pid === this.#me.pid || !isAlive(pid))) return;
    const age = this.#clock.now().getTime() - Date.parse(beat);
    if (!here && age > SILENCE) return;
    throw new UsageError(
      `${release} is under way (process ${pid} on ${host}, last heard of ${Math.round(age / 1000)} s ago); let it finish` +
        (here ? "" : ", or give --take-over if you know that it is gone"),
    );
  }
}
