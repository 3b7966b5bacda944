import { APP, JOB } from "../../../lib/deployability/azure/types";
import { ofEach } from "../../../lib/deployability/each";
import { looksLikeMigration } from "../../../lib/deployability/one-shot";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

/** What may stand behind a job without starting it. */
const IDLE = /^(azure-native:(app|authorization|monitor|portal|resources:ResourceGroup)|pulumi:)/;

export const rule = deployability({
  id: "azure-job-not-started",
  title: "A migration that is a manual job is started, and the app waits for it",
  fails: {
    when: "runtime",
    effect: "silent",
    answer:
      "the update is green, the schema was never migrated, and the app fails on its first query.",
  },
  fix: "Start the job from a resource that waits for the execution (a deployment script or command with the image as trigger), and let the app depend on that resource.",
  source: "https://learn.microsoft.com/azure/container-apps/jobs",
  checkStack: ofEach([JOB], (job, graph): Report[] => {
    const trigger = job.at("configuration.triggerType");
    if (!isMigration(job) || trigger.isWord("Schedule", "Event")) return [];
    const starters = graph.referrers(job).filter(({ type }) => !IDLE.test(type));
    if (starters.length > 0) {
      const apps = graph.ofType(APP);
      const waiting = apps.some((app) => starters.some((one) => graph.closure(app).has(one)));
      return apps.length === 0 || waiting
        ? []
        : [violation(job.at("configuration.triggerType"), "no app waits until it has been run")];
    }
    if (trigger.unknown) return [undecided(trigger)];
    return [violation(trigger, "nothing in the plan starts this job")];
  }),
});

function isMigration(job: Resource): boolean {
  const containers = job.at("template.containers").items;
  return looksLikeMigration(
    job.name,
    job.at("jobName").text,
    ...containers.flatMap((one) => [
      one.at("name").text,
      [...one.at("command").each, ...one.at("args").each].map(({ text }) => text ?? "").join(" "),
    ]),
  );
}
