import * as fs from "node:fs";
import * as path from "node:path";
import { Graph } from "../../policy/lib/graph/graph";
import { toResource, type PlainResource, type Resource } from "../../policy/lib/resource";
import type { Race } from "./races";
import { CONTEXT, violations } from "./refusals";
import { CloudError } from "./table";

/** A resource as the engine writes it down. */
interface Written extends Omit<PlainResource, "name" | "props"> {
  readonly urn: string;
  readonly inputs?: unknown;
  readonly created?: string;
}

interface Snapshot {
  readonly resources?: readonly Written[];
  readonly pending_operations?: readonly { readonly resource: Written; readonly type: string }[];
}

/**
 * Makes the races of a cloud deterministic (`SANDBOX_STRICT=1`): a grant, a link or a version that this update makes is
 * "not yet visible" to a resource that did not wait for it, however early it is there. What a resource waited for stands
 * in the engine's own checkpoint: before it asks a provider for anything, it writes the operation down there. A resource
 * that such a rule is about is made when nothing else is under way: whatever could come first has come first then.
 */
export class Strict {
  readonly #state: string;
  readonly #races: readonly Race[];
  readonly #since = new Date().toISOString();
  /** Resources that wait here for the rest. */
  readonly #held = new Set<string>();

  /** `state` is the folder of the file backend; `races` decide what has to be waited for. */
  constructor(state: string, races: readonly Race[]) {
    this.#state = state;
    this.#races = races;
  }

  /** Rejects with the cloud's error if the resource that is about to be made did not wait for all it needs. */
  async refuse(urn: string): Promise<void> {
    const type = toResource({ type: urn.split("::")[2]?.split("$").at(-1) ?? "" }, false).type;
    const races = this.#races.filter(({ concerns }) => concerns(type));
    if (races.length === 0) return;
    this.#held.add(urn);
    const snapshot = await this.#settled(urn);
    this.#held.delete(urn);
    const begun = (snapshot.pending_operations ?? []).map(({ resource }) => resource);
    const own = begun.find((resource) => resource.urn === urn);
    if (own === undefined) return; // The state lies elsewhere.
    const others = [...(snapshot.resources ?? []), ...begun].filter((each) => each.urn !== urn);
    this.#ask(races, resourceOf(own), others);
  }

  #ask(races: readonly Race[], own: Resource, others: readonly Written[]): void {
    const before = new Set(
      others.flatMap(({ urn, created }) =>
        created !== undefined && created < this.#since ? [urn] : [],
      ),
    );
    const graph = new Waited([own, ...others.map(resourceOf)], before);
    for (const { rule } of races) {
      const reports = rule.checkStack?.run(graph, CONTEXT) ?? [];
      const [first] = violations(reports.filter(({ resource }) => resource === own));
      if (first === undefined) continue;
      const answer = first.answer ?? rule.fails?.answer ?? "";
      throw new CloudError(`${answer} (not yet visible: ${first.message}; ${rule.id})`);
    }
  }

  /** The checkpoint when nothing but the held resources has been under way for a while. */
  async #settled(urn: string): Promise<Snapshot> {
    const end = Date.now() + LONGEST_MS;
    for (let quietSince: number | undefined; ;) {
      const snapshot = await this.#read(urn);
      const busy = snapshot.pending_operations?.some(
        ({ resource }) => !this.#held.has(resource.urn),
      );
      quietSince = busy === true ? undefined : (quietSince ?? Date.now());
      const settled = quietSince !== undefined && Date.now() - quietSince >= QUIET_MS;
      if (settled || Date.now() > end) return snapshot;
      await pause();
    }
  }

  /** The engine writes while we read: a text that is cut short is read again. */
  async #read(urn: string): Promise<Snapshot> {
    const [, , stack = ""] = urn.split("::")[0]?.split(":") ?? [];
    const name = urn.split("::")[1] ?? "";
    const file = path.join(this.#state, ".pulumi", "stacks", name, `${stack}.json`);
    for (let attempt = 1; ; attempt++) {
      try {
        const text = fs.readFileSync(file, "utf8");
        return (JSON.parse(text) as { checkpoint: { latest: Snapshot } }).checkpoint.latest;
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
        await pause();
      }
    }
  }
}

const ATTEMPTS = 50;
const PAUSE_MS = 20;
/** So long nothing else may be under way; a program registers its next resource sooner. */
const QUIET_MS = 250;
/** Two providers may wait for each other; then the one goes on. */
const LONGEST_MS = 5_000;

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}

/** What was there before the update is seen by everybody, what the update makes only by those that waited for it. */
class Waited extends Graph {
  readonly #before: ReadonlySet<string>;

  constructor(resources: readonly Resource[], before: ReadonlySet<string>) {
    super(resources);
    this.#before = before;
  }

  override closure(resource: Resource): ReadonlySet<Resource> {
    const old = this.resources.filter(({ urn }) => this.#before.has(urn));
    return new Set([...super.closure(resource), ...old]);
  }
}

function resourceOf(written: Written): Resource {
  const { urn, inputs, ...rest } = written;
  return toResource(
    { ...rest, urn, name: urn.split("::").slice(3).join("::"), props: inputs },
    false,
  );
}
