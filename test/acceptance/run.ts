import fs from "node:fs";
import path from "node:path";
import type { Cloud } from "../../components/cloud";
import { READERS } from "../clouds/readers";
import { Deployed, sandbox, succeed } from "../support/deployed";
import { expectInventory } from "../support/inventory";
import { updated, updatedStrictly } from "../support/operations";
import { copyProject } from "../support/project-copy";
import { stackFile, STAGES, type Stage } from "../support/stacks";
import { expectRelease, nextRelease } from "./release";
import { expectCaught, expectNothingFound, expectWired } from "./review";
import type { Application, Checks, Stacks } from "./statements";

/** Deploys both profiles into the sandbox and holds every statement against what stands there. */
export function describeAcceptance(application: Application, cloud: Cloud, checks: Checks): void {
  const { title, statements, system } = application;
  describe(`${title} on ${cloud}`, () => {
    let project: string;
    let stacks: Stacks;

    const args = (stage: Stage): string[] => [
      ...["--stack", stage],
      ...["--config-file", stackFile(system, cloud, stage)],
    ];
    const exported = (stage: Stage): Deployed => Deployed.export(project, stage, "--show-secrets");

    beforeAll(() => {
      project = copyProject();
      updated(project, ...args("staging"));
      updatedStrictly(project, ...args("prod"));
      stacks = {
        staging: exported("staging"),
        prod: exported("prod"),
        sealed: Deployed.export(project, "prod"),
      };
    });
    afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

    for (const [number, statement] of Object.entries(statements)) {
      const check = checks[Number(number)];
      const name = `${number}. ${statement}`;
      if (typeof check === "function") test(name, () => check(stacks));
      else if (check && "missing" in check)
        test(`${name} (in part: ${check.missing})`, () => check.check(stacks));
      else if (check)
        test.skip(`${name} (not applicable: ${check.notApplicable})`, () => undefined);
      else throw new Error(`${name}: no check for this cloud`);
    }

    test("each thing that could be spoiled in production is caught by its policy", () => {
      expectCaught(stacks.prod);
    });

    // It has an edge, services, stores and jobs of every kind, which is what the tables of wires are about.
    if (system === "lattice-policy") {
      test("each way to wire production wrongly is caught", () => {
        expectWired(stacks.prod);
      });
    }

    describe.each(STAGES)("%s", (stage) => {
      test("no policy is violated but the choices that are listed", () => {
        expectNothingFound(stage, stacks[stage]);
      });

      test("consists of what its inventory says", () =>
        expectInventory(system, cloud, stage, stacks[stage]));

      test("a second update changes nothing", () => {
        expect(updated(project, ...args(stage))).toEqual([]);
      });

      test("a new version runs the migration, then changes the services, and touches no store", () => {
        const file = path.join(project, `${stage}-next.yaml`);
        fs.writeFileSync(file, nextRelease(stackFile(system, cloud, stage), application));
        const operations = updated(project, "--stack", stage, "--config-file", file);
        expectRelease(application, READERS[cloud], exported(stage), operations);
      });
    });

    test("production is not destroyed", () => {
      const run = sandbox(project, "destroy", "--yes", ...args("prod"));
      expect(run.status).not.toBe(0);
      expect(run.output).toMatch(/protect/);
    });

    test("staging is destroyed", () => {
      succeed(sandbox(project, "destroy", "--yes", ...args("staging")));
      expect(exported("staging").resources).toEqual([]);
    });
  });
}
