import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const job = (props: object, name = "migrate") => resource("gcp:cloudrunv2/job:Job", props, name);
const service = (...dependsOn: string[]) =>
  resource("gcp:cloudrunv2/service:Service", {}, "web", { opts: { dependsOn } });
const starter = resource(
  "command:local:Command",
  { create: { concat: ["gcloud run jobs execute ", { ref: "migrate.name" }] } },
  "start",
);
const commands = (...words: string[]) => ({
  template: { template: { containers: [{ commands: words }] } },
});

export const fixtures: Fixtures = {
  good: [
    passes(job({ runExecutionToken: "a1b2" }), service("migrate")),
    passes(job({ runExecutionToken: "a1b2" })),
    passes(job({}), starter, service("start")),
    passes(job({}, "report")),
  ],
  bad: [
    violates(job({}), service("migrate")),
    violates(job(commands("npm", "run", "migrate:latest"), "prepare")),
    violates(job({ runExecutionToken: "a1b2" }), service()),
    violates(job({ startExecutionToken: "a1b2" }), service("migrate")),
    violates(job({}), starter, service("migrate")),
    violates(job({ name: "migrate-".repeat(6), runExecutionToken: "0123456789abcdef" })),
  ],
  missing: [violates(job({ runExecutionToken: null })), passes(job({}, "nightly"))],
  unknown: [passes(job({ runExecutionToken: unknown }))],
  wrongType: [passes(job({ runExecutionToken: 7 }))],
};
