import { wanted, type Context } from "../context";
import { watch } from "./bake";

/** Production traffic goes to the candidates, at once or share by share with a look at the alarms after each. */
export async function promote(context: Context): Promise<void> {
  const { driver, release, steps } = context;
  for (const percent of steps.filter((share) => share >= context.release.percent)) {
    if (percent > context.release.percent || percent === 100) {
      const alarmsSince = context.release.alarmsSince ?? now(context);
      await driver.shift(wanted(context), release.before, percent);
      await context.save({ percent, alarmsSince, bakeSince: now(context) });
    }
    context.note(`${percent} % of the traffic`);
    if (percent < 100) await watch(context);
  }
}

const now = ({ clock }: Context): string => clock.now().toISOString();
