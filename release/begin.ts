import { execFileSync } from "node:child_process";
import { userInfo } from "node:os";
import type { Clock } from "./context";
import type { Desk } from "./desk";
import { UsageError } from "./error";
import { byDigest, digestsByService, imagesBefore, imagesOf } from "./images";
import type { ReleaseOptions, RollbackOptions } from "./options";
import { servingDigests } from "./prove";
import { lastReleased, target, unfinished } from "./history";
import type { Release } from "./record";

/** A release to take to its end, or to take back. */
export interface Begin {
  readonly release: Release;
  readonly action: "run" | "take back";
  /** What is about to happen, for a person to agree to. */
  readonly says: string;
}

/** A new release, or the one that an earlier process left. */
export async function beginRelease(
  desk: Desk,
  options: ReleaseOptions,
  clock: Clock,
): Promise<Begin> {
  const { version } = options;
  const open = unfinished(desk.journal);
  if (open?.kind === "release" && open.version === version) {
    return {
      release: open,
      action: "run",
      says: `go on with ${open.id} (${version}) at ${open.step}`,
    };
  }
  if (open) throw notEnded(open);
  const { stack, driver, root } = desk;
  const old = imagesBefore(stack, lastReleased(desk.journal)?.images);
  const setting = { root, stack: options.stack, sbom: options.sbom, now: clock.now() };
  const chosen = await imagesOf(version, options.image, stack, driver, setting, desk.file.images);
  const images = { ...old, ...chosen.images };
  const before = await driver.observe();
  const release = begun(desk, clock, {
    ...{ kind: "release", version, images, imagesBefore: old, before },
    digests: await digestsByService(chosen.digests, stack, before, driver),
    ...irreversible(desk, options),
    ...(Object.keys(chosen.built).length > 0 ? { built: chosen.built } : {}),
  });
  return { release, action: "run", says: `release ${version}` };
}

/** Back to an earlier release, or the end of one that has not ended. */
export async function beginRollback(
  desk: Desk,
  { to }: RollbackOptions,
  clock: Clock,
): Promise<Begin> {
  const open = unfinished(desk.journal);
  if (open?.kind === "release") {
    if (to !== undefined) throw notEnded(open);
    const says = `take ${open.id} (${open.version}) back, which is at ${open.step}`;
    return { release: open, action: "take back", says };
  }
  if (open) {
    return { release: open, action: "run", says: `go on with ${open.id} (${open.version})` };
  }
  const { stack, driver } = desk;
  const old = imagesBefore(stack, lastReleased(desk.journal)?.images);
  const { images: named, version, digests } = target(desk.journal, to);
  const before = await driver.observe();
  const images = byDigest(named, digests, stack, before, driver);
  const release = begun(desk, clock, {
    ...{ kind: "rollback", version, images: { ...old, ...images }, imagesBefore: old },
    ...{ digests, before },
  });
  return { release, action: "run", says: `go back to ${version}` };
}

type Asked = Pick<
  Release,
  "kind" | "version" | "images" | "imagesBefore" | "irreversible" | "before" | "digests" | "built"
>;

function begun({ journal, root }: Desk, clock: Clock, asked: Asked): Release {
  const commit = commitOf(root);
  const number = Math.max(0, ...journal.releases.map(({ id }) => Number(id.slice(1)))) + 1;
  return {
    id: `r${number}`,
    ...asked,
    // What the release does not change goes on running what it runs.
    digests: { ...servingDigests(asked.before), ...asked.digests },
    ...(commit === undefined ? {} : { commit }),
    by: process.env.GITHUB_ACTOR ?? userInfo().username,
    startedAt: clock.now().toISOString(),
    step: "plan",
    percent: 0,
  };
}

/** By the option, or by the stack's config: `release:irreversible: {"0.4.0": "drops a column"}`. */
function irreversible(
  { file }: Desk,
  { version, irreversible: why }: ReleaseOptions,
): Pick<Release, "irreversible"> {
  const marked = file.value("release:irreversible") as Record<string, string> | undefined;
  const reason = why ?? marked?.[version];
  return reason === undefined ? {} : { irreversible: reason };
}

const notEnded = ({ id, version, step, kind }: Release): UsageError =>
  new UsageError(
    `${id} (${version}) has not ended, it is at ${step}; ` +
      (kind === "release"
        ? `go on with bin/release --version ${version}, or take it back with bin/rollback`
        : "go on with bin/rollback"),
  );

function commitOf(root: string): string | undefined {
  try {
    return execFileSync("git", ["rev-parse", "HEAD"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    // Not a checkout, or no git: the record goes without.
    return undefined;
  }
}
