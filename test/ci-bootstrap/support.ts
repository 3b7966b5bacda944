import fs from "node:fs";
import path from "node:path";
import type { Cloud } from "../../docs/ci-bootstrap/settings";
import { Deployed, sandbox, type Run } from "../support/deployed";
import { updated } from "../support/operations";
import { copyProject } from "../support/project-copy";

const REPOSITORY = "acme@123456/shop@456789";
export const ISSUER = "https://token.actions.githubusercontent.com";

/** Every identity, and the one job that gets it. */
export const SUBJECTS = Object.fromEntries(
  ["staging", "prod"].flatMap((stack) => [
    [`${stack}-plan`, `repo:${REPOSITORY}:environment:preview-${stack}`],
    [`${stack}-apply`, `repo:${REPOSITORY}:environment:${stack}`],
    [`${stack}-drill`, `repo:${REPOSITORY}:environment:restore-drill-${stack}`],
  ]),
);

/** The bootstrap of one cloud, in a copy of the project. */
export class Bootstrap {
  readonly #project = copyProject();
  readonly #arguments: readonly string[];

  constructor(cloud: Cloud) {
    const folder = path.join(this.#project, "docs/ci-bootstrap");
    this.#arguments = ["--stack", cloud, "-C", folder];
  }

  /** Brings it up and gives what it made. */
  deploy(): Deployed {
    this.update();
    const [, cloud = "", ...place] = this.#arguments;
    return Deployed.export(this.#project, cloud, ...place);
  }

  /** Names of what an update changes. */
  update(): ReturnType<typeof updated> {
    return updated(this.#project, ...this.#arguments);
  }

  run(...command: string[]): Run {
    return sandbox(this.#project, ...command, ...this.#arguments);
  }

  remove(): void {
    fs.rmSync(this.#project, { recursive: true, force: true });
  }
}

/** What must outlive a mistake. */
export function expectKept(stack: Deployed, ...types: string[]): void {
  for (const type of types) {
    const found = stack.of(type);
    expect([type, found.length]).toEqual([type, 2]);
    for (const each of found)
      expect([each.name, each.protect, each.retainOnDelete]).toEqual([each.name, true, true]);
  }
}

/** Variables that workflows read, and the environment on GitHub of whoever runs them. */
const WORKFLOWS = {
  ...{ preview: "preview-prod", drift: "preview-prod", deploy: "prod", rollback: "prod" },
  "restore-drill": "restore-drill-staging",
};

/** Every environment gets the variables of this cloud that its workflows read, and no other. */
export function expectVariables(stack: Deployed, prefix: string): void {
  const environments = stack.outputs["environments"] as Record<string, object>;
  for (const [workflow, environment] of Object.entries(WORKFLOWS)) {
    const file = path.join(__dirname, `../../.github/workflows/${workflow}.yml`);
    const read = new Set(fs.readFileSync(file, "utf8").match(/(?<=vars\.)\w+/g));
    const ours = [...read].filter((name) => /^PULUMI_/.test(name) || name.startsWith(prefix));
    expect([workflow, Object.keys(environments[environment] ?? {}).sort()]).toEqual([
      ...[workflow, ours.sort()],
    ]);
    expect([...read].filter((name) => !/^(PULUMI|AWS|AZURE|GCP)_/.test(name))).toEqual([]);
  }
}
