import { readBeside, writeBeside } from "../lib/beside";
import { sickness } from "../lib/images";
import { CloudError } from "../lib/table";
import type { Plain } from "../lib/values";

/** The service object shows the newest revision only; all of them are kept beside the simulated cloud. */
const FILE = "gcp-revisions.json";

/** A revision of a simulated Cloud Run service. */
export interface Revision {
  readonly name: string;
  readonly created: string;
  readonly containers: readonly { readonly name?: string; readonly image: string }[];
  /** Why it never became ready. */
  readonly problem?: string;
}

type Kept = Record<string, readonly Revision[]>;

/** Revisions of a service, oldest first. */
export const revisionsOf = (service: string): readonly Revision[] =>
  readBeside<Kept>(FILE, {})[service] ?? [];

/** Makes a revision. One that never becomes ready stays, and fails the operation that made it. */
export function makeRevision(service: string, name: string, template: Plain): void {
  const containers = ((template?.containers ?? []) as Plain[]).map((each) => ({
    ...(typeof each.name === "string" ? { name: each.name } : {}),
    image: String(each.image),
  }));
  const problem = containers.map(({ image }) => sickness(image)).find(Boolean);
  const made: Revision = {
    ...{ name, containers, created: new Date().toISOString() },
    ...(problem === undefined ? {} : { problem }),
  };
  const others = revisionsOf(service).filter((each) => each.name !== name);
  writeBeside(FILE, { ...readBeside<Kept>(FILE, {}), [service]: [...others, made] });
  if (problem === undefined) return;
  throw new CloudError(
    `Error waiting to update Service: Error code 9, message: Revision '${name}' is not ready and cannot serve traffic. ${problem}`,
  );
}
