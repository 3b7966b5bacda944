import type { Context } from "../context";
import { ReleaseError } from "../error";

/** Between two looks at the alarms, in milliseconds. */
const PAUSE = 15_000;

/** The alarms of the stack while everybody uses the new version. */
export async function bake(context: Context): Promise<void> {
  await watch(context);
}

/** Looks at the alarms until the bake time since the last move of traffic is over, and once at least. */
export async function watch({ driver, clock, bake: time, release }: Context): Promise<void> {
  const { bakeSince = clock.now().toISOString(), alarmsSince = bakeSince } = release;
  for (;;) {
    const raised = await driver.alarms(new Date(alarmsSince));
    if (raised.length > 0) {
      const names = raised.map(({ name, reason }) => (reason ? `${name} (${reason})` : name));
      throw new ReleaseError(`an alarm was raised: ${names.join(", ")}; see it before another try`);
    }
    const left = Date.parse(bakeSince) + time - clock.now().getTime();
    if (left <= 0) return;
    await clock.sleep(Math.min(PAUSE, left));
  }
}
