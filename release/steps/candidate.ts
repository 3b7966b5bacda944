import { wanted, type Context } from "../context";
import { ReleaseError } from "../error";
import { refuseOther } from "../prove";

/** Jobs first, then new revisions beside the serving ones, without production traffic. */
export async function candidate(context: Context): Promise<void> {
  const { driver, release } = context;
  await driver.stage(wanted(context), release.before);
  const digests: Record<string, string> = { ...release.digests };
  for (const [service, { name, revisions }] of Object.entries(await driver.observe())) {
    const newest = revisions.find((revision) => revision.newest);
    if (!newest) throw new ReleaseError(`${service}: ${name} has no revision; look at its logs`);
    if (newest.healthy !== "yes") {
      const why = newest.reason ? ` (${newest.reason})` : "";
      throw new ReleaseError(
        `${service}: the candidate ${newest.name} is not healthy${why}; look at its logs`,
      );
    }
    refuseOther(service, newest, digests[service]);
    if (newest.digest !== undefined) digests[service] = newest.digest;
    context.note(`${service}: ${newest.name} runs ${newest.digest ?? newest.image}`);
  }
  await context.save({ digests });
}
