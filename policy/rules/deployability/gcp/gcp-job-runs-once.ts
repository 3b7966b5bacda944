import { ofEach } from "../../../lib/deployability/each";
import { RUN_JOB, RUN_SERVICE } from "../../../lib/deployability/gcp/types";
import { looksLikeMigration } from "../../../lib/deployability/one-shot";
import { deployability } from "../../../lib/deployability/rule";
import { physicalName } from "../../../lib/deployability/values";
import type { Graph } from "../../../lib/graph/graph";
import { violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

/** What may stand behind a job without starting it. */
const IDLE = /^(gcp:(cloudrunv2|projects|monitoring|logging|serviceaccount)\/|pulumi:)/;
/** The longest name of a job with its token. */
const LONGEST = 62;

export const rule = deployability({
  id: "gcp-job-runs-once",
  title: "A migration job is executed with every release, and the service waits for it",
  fails: {
    when: "runtime",
    effect: "silent",
    answer: "the update is green, and the schema was never migrated.",
  },
  fix: "Set runExecutionToken to a value that changes with the image (it waits for success), and let the service depend on the job.",
  source: "https://cloud.google.com/run/docs/execute/jobs",
  check: {
    [RUN_JOB]: (job) => {
      const token = job.at("runExecutionToken").present
        ? job.at("runExecutionToken")
        : job.at("startExecutionToken");
      const name = physicalName(job);
      if (token.text === undefined || name?.kind !== "given") return [];
      const length = name.text.length + token.text.length;
      return length <= LONGEST
        ? []
        : [
            {
              ...violation(token, `name and token of the job have ${length} characters together`),
              answer: "400: the execution's name must be less than 64 characters.",
            },
          ];
    },
  },
  checkStack: ofEach([RUN_JOB], (job, graph): Report[] => {
    const token = job.at("runExecutionToken");
    if (!isMigration(job)) return [];
    const starters = graph.referrers(job).filter(({ type }) => !IDLE.test(type));
    const services = graph.ofType(RUN_SERVICE);
    if (token.present)
      return services.length === 0 || waits(graph, services, [job])
        ? []
        : [violation(token, "no service waits until the migration has run")];
    const start = job.at("startExecutionToken");
    if (start.present)
      return waits(graph, services, [job])
        ? [violation(start, "startExecutionToken starts the job and does not wait for its end")]
        : [];
    if (starters.length > 0)
      return services.length === 0 || waits(graph, services, starters)
        ? []
        : [violation(token, "no service waits until the migration has run")];
    return [violation(token, "nothing in the plan executes this job")];
  }),
});

function waits(graph: Graph, services: readonly Resource[], steps: readonly Resource[]): boolean {
  return services.some((service) => steps.some((step) => graph.closure(service).has(step)));
}

function isMigration(job: Resource): boolean {
  const containers = job.at("template.template.containers").items;
  return looksLikeMigration(
    job.name,
    job.at("name").text,
    ...containers.flatMap((one) => [
      one.at("name").text,
      [...one.at("commands").each, ...one.at("args").each].map(({ text }) => text ?? "").join(" "),
    ]),
  );
}
