import fs from "node:fs";
import path from "node:path";
import { Deployed, sandbox, succeed, type Properties } from "../support/deployed";
import { copyProject } from "../support/project-copy";

const APP = "azure-native:app:ContainerApp";

let project: string;
let config: string;

const up = (): ReturnType<typeof sandbox> =>
  sandbox(project, "up", "--yes", "--no-policy", "--stack", "staging", "--config-file", config);

const deployed = (): Deployed => Deployed.export(project, "staging");

const edit = (change: (text: string) => string): void =>
  fs.writeFileSync(config, change(fs.readFileSync(config, "utf8")));

/** The part of the output that tells of the update, after the preview. */
const updating = (output: string): string => output.slice(output.indexOf("Updating ("));

const image = (stack: Deployed): unknown =>
  (stack.one(APP, "api-app").inputs["template"] as Properties)["containers"][0].image;

beforeAll(() => {
  project = copyProject();
  config = path.join(project, "release.yaml");
  fs.copyFileSync(path.join(project, "examples/lattice-policy-azure.yaml"), config);
  succeed(up());
});
afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

test("a failed migration stops the release before the service", () => {
  const exits = path.join(project, ".sandbox/cloud/azure-job-exits.json");
  const before = image(deployed());
  fs.writeFileSync(exits, '{"migrate": 3}');
  edit((text) => text.replace("api: 0.1.0", "api: 0.1.1"));
  const run = up();
  expect(run.status).not.toBe(0);
  expect(run.output).toMatch(/migrate-[0-9a-f]+ ended as Failed.*exit code 3/);
  expect(image(deployed())).toBe(before);
  fs.rmSync(exits);
});

test("the next update runs the migration again, then the service, and touches no store", () => {
  const { output } = succeed(up());
  const text = updating(output);
  expect(text.indexOf("migrate-run created")).toBeGreaterThan(0);
  expect(text.indexOf("api-app updated")).toBeGreaterThan(text.indexOf("migrate-run created"));
  expect(text).not.toMatch(/db-server|cache-cluster|secrets-vault|ui-app/);
  expect(image(deployed())).toMatch(/lattice-policy-api:0\.1\.1$/);
});

test("a release in steps keeps the traffic on the named revision", () => {
  const serving = String(deployed().one(APP, "api-app").outputs["latestRevisionName"]);
  edit(
    (text) =>
      `${text.replace("api: 0.1.1", "api: 0.1.2")}  release:serving:\n    api: ${serving}\n`,
  );
  succeed(up());
  const { inputs, outputs } = deployed().one(APP, "api-app");
  expect(inputs["configuration"]).toMatchObject({
    activeRevisionsMode: "Multiple",
    ingress: {
      traffic: [
        { revisionName: serving, weight: 100 },
        { latestRevision: true, weight: 0, label: "candidate" },
      ],
    },
  });
  expect(outputs["latestRevisionName"]).not.toBe(serving);
});

test("without the name the newest revision is promoted, and nothing else changes", () => {
  const newest = deployed().one(APP, "api-app").outputs["latestRevisionName"];
  edit((text) => text.slice(0, text.indexOf("  release:serving:")));
  const { output } = succeed(up());
  expect(output).toMatch(/1 updated/);
  const { inputs, outputs } = deployed().one(APP, "api-app");
  expect((inputs["configuration"] as Properties)["activeRevisionsMode"]).toBe("Single");
  expect(outputs["latestRevisionName"]).toBe(newest);
});

test("a refresh finds everything as it was", () => {
  const run = sandbox(project, "refresh", "--yes", "--no-policy", "--stack", "staging");
  expect(succeed(run).output).toMatch(/\d+ unchanged/);
  expect(run.output).not.toMatch(/\d+ (updated|deleted)/);
});
