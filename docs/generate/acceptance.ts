import { existsSync } from "node:fs";
import { join } from "node:path";
import { CLOUDS, type Cloud } from "../../components/cloud";
import { SYSTEM_NAMES } from "../../systems/load";
import type { Application, Checks } from "../../test/acceptance/statements";
import type { Observations } from "../../test/live/support/acceptance";

export const target = "docs/acceptance.md";

const FOLDER = join(__dirname, "../../test/acceptance");
const LIVE = join(__dirname, "../../test/live/observed");

/** The page of every statement of every application on every target, made from the tests themselves. */
export async function render(): Promise<string> {
  const applications = await Promise.all([...SYSTEM_NAMES].sort().map(read));
  const statements = applications.map(({ application }) => Object.keys(application.statements));
  return `${[introduction(statements.flat().length), ...applications.map(section)].join("\n\n")}\n`;
}

const introduction = (statements: number): string => `# Acceptance

<!-- Generated from test/acceptance and test/live by npm run docs. -->

${statements} statements about five applications, and the test that holds each against every target. **✓** is a test on the
deployed stacks, staging and production, of the simulated target; \`npm test\` and \`npm run test:long\` run them all, and
neither passes with one that fails. **◐** is such a test of the part that the target can keep; its number says below the table
what it cannot. A number alone is a reason why the statement is about something else there.

**live** is a Docker host where a real engine runs real stores and a real edge, and stand-ins take the place of the
applications: ✓ is seen there by \`npm run test:live\`, a number says why nobody can see it.`;

interface Read {
  readonly application: Application;
  readonly checks: Readonly<Record<Cloud, Checks | undefined>>;
  /** What a running host shows; absent where it is not tried statement by statement. */
  readonly live: Observations | undefined;
}

async function read(system: string): Promise<Read> {
  const checks = await Promise.all(
    CLOUDS.map(async (cloud) => {
      const file = join(FOLDER, `${system}-${cloud}.ts`);
      if (!existsSync(file)) return [cloud, undefined];
      return [cloud, exported<Checks>(await import(file), file)];
    }),
  );
  const file = join(FOLDER, `${system}.ts`);
  const module = (await import(file)) as Record<string, unknown>;
  const application = Object.values(module).find(isApplication);
  if (!application) throw new Error(`${file}: exports no application`);
  const seen = join(LIVE, `${system}.ts`);
  const live = existsSync(seen) ? ((await import(seen)) as { LIVE: Observations }).LIVE : undefined;
  return { application, checks: Object.fromEntries(checks) as Read["checks"], live };
}

const isApplication = (value: unknown): value is Application =>
  typeof value === "object" && value !== null && "statements" in value;

/** The one object that a file exports. */
function exported<T>(module: object, file: string): T {
  const objects = Object.values(module).filter((each) => typeof each === "object");
  if (objects.length !== 1) throw new Error(`${file}: exports ${objects.length} objects, not 1`);
  return objects[0] as T;
}

function section({ application, checks, live }: Read): string {
  const reasons: string[] = [];
  const footnote = (reason: string): string => {
    if (!reasons.includes(reason)) reasons.push(reason);
    return `${reasons.indexOf(reason) + 1}`;
  };
  const cell = (cloud: Cloud, number: number): string => {
    const check = checks[cloud]?.[number];
    if (check === undefined) return "not tested";
    if (typeof check === "function") return "✓";
    if ("missing" in check) return `◐ (${footnote(check.missing)})`;
    return `(${footnote(check.notApplicable)})`;
  };
  const seen = (number: number): string[] => {
    if (live === undefined) return [];
    const observation = live[number];
    if (observation === undefined) return ["not tried"];
    if (typeof observation === "function" || "claim" in observation) return ["✓"];
    return [`(${footnote(observation.notObservable)})`];
  };
  const columns = [...CLOUDS, ...(live === undefined ? [] : ["live"])];
  const rows = Object.entries(application.statements).map(
    ([number, statement]) =>
      `| ${number} | ${statement.replaceAll("|", "\\|")} | ${[...CLOUDS.map((cloud) => cell(cloud, Number(number))), ...seen(Number(number))].join(" | ")} |`,
  );
  return [
    `## ${application.title}`,
    "",
    `| | statement | ${columns.join(" | ")} |`,
    `| --- | --- | ${columns.map(() => ":-:").join(" | ")} |`,
    ...rows,
    ...(reasons.length > 0
      ? ["", ...reasons.map((reason, index) => `${index + 1}. ${reason}`)]
      : []),
  ].join("\n");
}
