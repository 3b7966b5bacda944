import { UsageError } from "./error";
import { servingDigests } from "./prove";
import type { Journal, Release } from "./record";

/** The release that an earlier process left. */
export const unfinished = ({ releases }: Journal): Release | undefined =>
  releases.findLast(({ endedAt }) => endedAt === undefined);

/** The release or rollback whose images are deployed. */
export const lastReleased = ({ releases }: Journal): Release | undefined =>
  releases.findLast(({ result }) => result === "released");

/**
 * What a rollback goes to: a named release, or what the last one replaced. Refused when a migration
 * on the way cannot be undone.
 */
export function target(
  journal: Journal,
  to: string | undefined,
): Pick<Release, "version" | "images" | "digests"> {
  const done = journal.releases.filter(({ result }) => result === "released");
  const last = done.at(-1);
  if (!last) throw new UsageError("nothing has been released here yet; there is no way back");
  if (to === undefined && last.kind === "rollback") {
    const known = done.filter(({ kind }) => kind === "release").map(({ id }) => id);
    throw new UsageError(
      `${last.id} was a rollback itself; name the release to go to with --to (${known.join(", ")})`,
    );
  }
  const found = to === undefined ? undefined : done.find(({ id }) => id === to);
  if (to !== undefined && !found) {
    const known = done.map(({ id }) => id).join(", ");
    throw new UsageError(
      `--to ${to}: no release of that name serves or served; there are: ${known}`,
    );
  }
  if (found?.id === last.id) throw new UsageError(`--to ${to}: serves already`);
  const over = found ? done.slice(done.indexOf(found) + 1) : [last];
  const barred = over.find(({ irreversible }) => irreversible !== undefined);
  if (barred) {
    throw new UsageError(
      `the migration of ${barred.id} (${barred.version}) cannot be undone: ${barred.irreversible}; release a version that mends it`,
    );
  }
  return found
    ? { version: found.id, images: found.images, digests: found.digests }
    : {
        version: `before ${last.id}`,
        images: last.imagesBefore,
        digests: servingDigests(last.before),
      };
}
