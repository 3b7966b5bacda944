import type { Listr, ListrTask } from "listr2";
import { STEPS } from "../record";
import type { Event, Reporter } from "./event";

/** The package has no CommonJS form, so whoever starts the program loads it. */
export type LoadList = () => Promise<{ Listr: typeof Listr }>;

type Place = Event["step"];

/** What a step's line shows. */
interface Line {
  begun: boolean;
  show?: (text: string) => void;
  end?: (reason?: Error) => void;
  ended?: { reason?: Error };
}

const TITLES: Readonly<Record<Place, string>> = {
  plan: "Plan, held against the policies",
  candidate: "Candidate, after the jobs",
  smoke: "Smoke tests of the candidate",
  promote: "Traffic",
  bake: "Alarms",
  settle: "Nothing of the release left over",
  verify: "What runs is what was asked for",
  restore: "Back to what served before",
};

const PLACES: readonly Place[] = [...STEPS, "restore"];

/** A list of the steps that is drawn anew as they go on, for a person at a terminal. */
export class Terminal implements Reporter {
  readonly #lines = new Map<Place, Line>(PLACES.map((place) => [place, { begun: false }]));
  readonly #shown: Promise<unknown>;
  #last = "";

  constructor({ Listr }: Awaited<ReturnType<LoadList>>) {
    const list = new Listr(
      PLACES.map((place) => this.#task(place)),
      { exitOnError: false, rendererOptions: { collapseErrors: false } },
    );
    this.#shown = list.run();
  }

  tell({ step, state, message, result, release }: Event): void {
    const line = this.#line(step);
    if (state === "begin") {
      line.begun = true;
      // What comes before and was not begun was done by an earlier process, or is left out.
      for (const place of PLACES.slice(0, PLACES.indexOf(step))) this.#end(place);
    } else if (state === "note") line.show?.(message ?? "");
    else if (state === "done") this.#end(step);
    else if (state === "failed") this.#end(step, new Error(message));
    else this.#last = `${release} ${result}${message ? `: ${message}` : ""}\n`;
  }

  async close(): Promise<void> {
    for (const place of PLACES) this.#end(place);
    await this.#shown;
    process.stdout.write(this.#last);
  }

  #task(place: Place): ListrTask {
    const line = this.#line(place);
    return {
      title: TITLES[place],
      rendererOptions: { persistentOutput: true, outputBar: Infinity },
      task: (_context, task) =>
        new Promise<void>((resolve, reject) => {
          line.show = (text) => (task.output = text);
          line.end = (reason) => {
            if (reason) return reject(reason);
            if (!line.begun) task.skip();
            resolve();
          };
          if (line.ended) line.end(line.ended.reason);
        }),
    };
  }

  #end(place: Place, reason?: Error): void {
    const line = this.#line(place);
    if (line.ended) return;
    line.ended = reason ? { reason } : {};
    line.end?.(reason);
  }

  #line(place: Place): Line {
    return this.#lines.get(place) as Line;
  }
}
