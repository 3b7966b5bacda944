import { wanted, wantedBefore, type Context } from "../context";
import { prove, servingDigests } from "../prove";

/** What served before serves again, and the stack says so too. */
export async function restore(context: Context): Promise<void> {
  const { driver, release } = context;
  await driver.takeBack({ ...wanted(context), jobs: "skip" }, release.before);
  context.note("the traffic is back where it was");
  await driver.settle(wantedBefore(context));
  const after = await driver.observe();
  prove(after, servingDigests(release.before));
  await context.save({ after });
}
