import fs from "node:fs";
import { Deployed, sandbox, succeed } from "../support/deployed";
import { copyProject } from "../support/project-copy";
import type { Checks, Stacks } from "./statements";

/** Deploys both profiles into the sandbox and holds every statement against what stands there. */
export function describeAcceptance(
  title: string,
  statements: Readonly<Record<number, string>>,
  checks: Checks,
  stackArgs: { staging: string[]; prod: string[] },
): void {
  describe(title, () => {
    let project: string;
    let stacks: Stacks;

    beforeAll(() => {
      project = copyProject();
      for (const args of Object.values(stackArgs))
        succeed(sandbox(project, "up", "--yes", ...args));
      stacks = {
        staging: Deployed.export(project, "staging"),
        prod: Deployed.export(project, "prod"),
        plain: Deployed.export(project, "prod", "--show-secrets"),
      };
    });
    afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

    for (const [number, statement] of Object.entries(statements)) {
      const check = checks[Number(number)];
      const title = `${number}. ${statement}`;
      if (typeof check === "function") test(title, () => check(stacks));
      else if (check)
        test.skip(`${title} (not applicable: ${check.notApplicable})`, () => undefined);
      else throw new Error(`${title}: no check for this cloud`);
    }

    test("a second update changes nothing", () => {
      const { output } = succeed(sandbox(project, "up", "--yes", ...stackArgs.staging));
      expect(output).toMatch(/\d+ unchanged/);
      expect(output).not.toMatch(/\d+ (created|updated|replaced|deleted)/);
    });

    test("production is not destroyed", () => {
      const run = sandbox(project, "destroy", "--yes", ...stackArgs.prod);
      expect(run.status).not.toBe(0);
      expect(run.output).toMatch(/protect/);
    });

    test("staging is destroyed", () => {
      succeed(sandbox(project, "destroy", "--yes", ...stackArgs.staging));
      expect(Deployed.export(project, "staging").resources).toEqual([]);
    });
  });
}
