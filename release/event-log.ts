import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Progress } from "./engine";

/** An event of the engine, as far as it is looked at. */
interface Event {
  readonly resourcePreEvent?: { readonly metadata: { readonly op: string; readonly urn: string } };
  readonly resOpFailedEvent?: object;
}

/** What the engine tells of an update while it is under way: a file that it writes line by line. */
export class EventLog {
  readonly #folder = mkdtempSync(join(tmpdir(), "portolan-events-"));
  readonly file = join(this.#folder, "events.jsonl");
  #seen: Progress = { visited: new Map(), failed: false };

  /** How far the update has come by now, or had come when the file was closed. */
  progress(): Progress {
    if (!existsSync(this.file)) return this.#seen;
    const events = readFileSync(this.file, "utf8").split("\n").flatMap(eventIn);
    const visits = events.flatMap(({ resourcePreEvent: event }) =>
      event ? [[event.metadata.urn, event.metadata.op] as const] : [],
    );
    this.#seen = {
      visited: new Map(visits),
      failed: events.some(({ resOpFailedEvent }) => resOpFailedEvent !== undefined),
    };
    return this.#seen;
  }

  /** Keeps what was seen, and no file. */
  close(): void {
    this.progress();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The last line may not be whole yet. */
function eventIn(line: string): Event[] {
  try {
    return [JSON.parse(line) as Event];
  } catch {
    return [];
  }
}
