import { JOB } from "../../../lib/deployability/azure/types";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

/** The block each kind of trigger needs; the others must not be there. */
const BLOCKS: Readonly<Record<string, string>> = {
  manual: "manualTriggerConfig",
  schedule: "scheduleTriggerConfig",
  event: "eventTriggerConfig",
};

export const rule = deployability({
  id: "azure-job-trigger-config",
  title: "A container job has a timeout and exactly the settings of its trigger",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer: "400 from Microsoft.App/jobs: the configuration of the trigger is missing or invalid.",
  },
  fix: "Set replicaTimeout, and manualTriggerConfig, scheduleTriggerConfig (with a cronExpression of five fields) or eventTriggerConfig as triggerType says.",
  source: "https://learn.microsoft.com/azure/container-apps/jobs",
  check: {
    [JOB]: (job) => {
      const configuration = job.at("configuration");
      if (configuration.unknown) return [undecided(configuration)];
      return configuration.absent ? [] : [...checkTrigger(job), ...checkTimeout(job)];
    },
  },
});

function checkTrigger(job: Resource): Report[] {
  const trigger = job.at("configuration.triggerType");
  if (trigger.unknown) return [undecided(trigger)];
  // The provider takes Manual where none is given.
  const kind = (trigger.text ?? "manual").toLowerCase();
  const wanted = BLOCKS[kind];
  if (wanted === undefined)
    return [violation(trigger, `"${trigger.text}" is none of Manual, Schedule and Event`)];
  const block = job.at(`configuration.${wanted}`);
  const missing = block.absent
    ? [violation(trigger, `triggerType ${kind} needs configuration.${wanted}`)]
    : [];
  const others = Object.values(BLOCKS)
    .filter((name) => name !== wanted)
    .map((name) => job.at(`configuration.${name}`))
    .filter((other) => other.present && !other.unknown)
    .map((other) => violation(other, `${other.path} does not go with triggerType ${kind}`));
  const schedule = kind === "schedule" ? checkCron(block.at("cronExpression"), block) : [];
  return [...missing, ...others, ...schedule, ...checkCounts(block)];
}

function checkCron(cron: Value, block: Value): Report[] {
  if (block.absent) return [];
  if (cron.unknown) return [undecided(cron)];
  if (cron.text?.trim().split(/\s+/).length === 5) return [];
  return [violation(cron, `cronExpression "${cron.text ?? ""}" has not five fields`)];
}

function checkCounts(block: Value): Report[] {
  const parallelism = block.at("parallelism");
  const completions = block.at("replicaCompletionCount");
  const most = completions.absent ? 1 : completions.number;
  if (parallelism.number === undefined || most === undefined || parallelism.number <= most)
    return [];
  return [
    violation(parallelism, `parallelism ${parallelism.number} is more than ${most} completions`),
  ];
}

function checkTimeout(job: Resource): Report[] {
  const timeout = job.at("configuration.replicaTimeout");
  if (timeout.unknown) return [undecided(timeout)];
  return (timeout.number ?? 0) > 0
    ? []
    : [violation(timeout, "replicaTimeout is not a number of seconds above 0")];
}
