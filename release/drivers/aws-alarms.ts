import type { Alarm } from "../driver";
import type { Stack } from "../stack";
import { aws, milliseconds, type Time } from "./aws-cli";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
/** Alarms that one question may name. */
const AT_ONCE = 100;

/** An alarm as `describe-alarms` tells of it. */
interface MetricAlarm {
  readonly AlarmName: string;
  readonly StateReason?: string;
  readonly StateTransitionedTimestamp?: Time;
  readonly StateUpdatedTimestamp?: Time;
}

/** The stack's alarms that went off since then. One that was on before says nothing of this release. */
export async function raisedSince(stack: Stack, region: string, since: Date): Promise<Alarm[]> {
  const names = stack.resources
    .filter(({ type }) => type === ALARM)
    .map(({ outputs }) => String(outputs.name));
  const found: Alarm[] = [];
  for (let first = 0; first < names.length; first += AT_ONCE) {
    const { MetricAlarms: alarms } = await aws<{ MetricAlarms: readonly MetricAlarm[] }>(
      region,
      ...["cloudwatch", "describe-alarms", "--state-value", "ALARM"],
      ...["--alarm-names", ...names.slice(first, first + AT_ONCE)],
    );
    for (const alarm of alarms) {
      const at = milliseconds(alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp);
      // Times of two machines differ by a little, and those of version 1 have whole seconds.
      if (at < since.getTime() - 1_000) continue;
      found.push({
        name: alarm.AlarmName,
        since: new Date(at).toISOString(),
        ...(alarm.StateReason ? { reason: alarm.StateReason } : {}),
      });
    }
  }
  return found;
}
