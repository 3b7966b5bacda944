import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const job = (triggerType: unknown, name = "migrate", command: unknown = undefined) =>
  resource(
    "azure-native:app:Job",
    { configuration: { triggerType }, template: { containers: [{ name: "c", command }] } },
    name,
  );
const starter = (name = "migrate") =>
  resource(
    "command:local:Command",
    { create: { concat: ["az ", { ref: `${name}.id` }] } },
    "start",
  );
const app = (...dependsOn: string[]) =>
  resource("azure-native:app:ContainerApp", {}, "app", { opts: { dependsOn } });

export const fixtures: Fixtures = {
  good: [
    passes(job("Manual"), starter(), app("start")),
    passes(job("Manual", "report"), app()),
    passes(job("Schedule")),
    passes(job("Manual"), starter()),
  ],
  bad: [
    violates(job("Manual"), app("migrate")),
    violates(job("Manual"), starter(), app("migrate")),
    violates(job("Manual", "prepare", ["npx", "prisma", "migrate", "deploy"])),
    violates(job("manual", "db-seed")),
  ],
  missing: [violates(job(undefined)), passes(resource("azure-native:app:Job", {}, "task"))],
  unknown: [waits(job(unknown)), passes(job(unknown, "report"))],
  wrongType: [violates(job(5)), passes(job("Manual", "task", { run: "migrate" }))],
};
