import { passes, resource, unknown, type Fixtures } from "../../../lib/fixture";

const job = (configuration: unknown) => resource("azure-native:app:Job", { configuration });
const timed = (more: object) => job({ replicaTimeout: 600, ...more });
const manual = { parallelism: 1, replicaCompletionCount: 1 };

export const fixtures: Fixtures = {
  good: [
    timed({ triggerType: "Manual", manualTriggerConfig: manual }),
    timed({ triggerType: "schedule", scheduleTriggerConfig: { cronExpression: "0 3 * * *" } }),
    timed({ triggerType: "Event", eventTriggerConfig: { scale: {} } }),
  ],
  bad: [
    timed({ triggerType: "Schedule", manualTriggerConfig: manual }),
    timed({ triggerType: "Schedule", scheduleTriggerConfig: { cronExpression: "0 3 * * * *" } }),
    timed({ triggerType: "Schedule", scheduleTriggerConfig: {} }),
    timed({ triggerType: "Event" }),
    timed({ triggerType: "Cron", scheduleTriggerConfig: { cronExpression: "0 3 * * *" } }),
    timed({
      triggerType: "Manual",
      manualTriggerConfig: manual,
      scheduleTriggerConfig: { cronExpression: "0 3 * * *" },
    }),
    timed({ triggerType: "Manual", manualTriggerConfig: { parallelism: 3 } }),
    job({ triggerType: "Manual", manualTriggerConfig: manual }),
    job({ triggerType: "Manual", manualTriggerConfig: manual, replicaTimeout: 0 }),
  ],
  missing: [passes(job(undefined))],
  unknown: [
    job(unknown),
    timed({ triggerType: unknown }),
    job({ triggerType: "Manual", manualTriggerConfig: manual, replicaTimeout: unknown }),
    timed({ triggerType: "Schedule", scheduleTriggerConfig: { cronExpression: unknown } }),
  ],
  wrongType: [
    passes(timed({ triggerType: "Manual", manualTriggerConfig: { parallelism: "one" } })),
  ],
};
