import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An event of the engine, as far as it is looked at. */
interface Event {
  readonly resourcePreEvent?: { readonly metadata: { readonly op: string; readonly urn: string } };
  readonly resOpFailedEvent?: object;
}

/** What the engine tells of an update while it is under way: a file that it writes line by line. */
export class EventLog {
  readonly #folder = mkdtempSync(join(tmpdir(), "portolan-events-"));
  readonly file = join(this.#folder, "events.jsonl");
  #visited: ReadonlyMap<string, string> = new Map();

  /** Resources that the update has come to, by URN, and what it does with each. */
  visited(): ReadonlyMap<string, string> {
    this.#visited = new Map([
      ...this.#visited,
      ...this.#events().flatMap(({ resourcePreEvent: event }) =>
        event ? [[event.metadata.urn, event.metadata.op] as const] : [],
      ),
    ]);
    return this.#visited;
  }

  /** Whether the update has failed at a resource. It goes on with what is under way all the same. */
  failed(): boolean {
    return this.#events().some(({ resOpFailedEvent }) => resOpFailedEvent !== undefined);
  }

  #events(): Event[] {
    return existsSync(this.file)
      ? readFileSync(this.file, "utf8").split("\n").flatMap(eventIn)
      : [];
  }

  /** Keeps what was seen, and no file. */
  close(): void {
    this.visited();
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
