import { revealed, succeed } from "../../support/deployed";
import type { Live } from "./acceptance";
import { exec, insideJson } from "./helper";
import { docker } from "./host";
import type { Config, LiveStack } from "./live-stack";

/** What several systems' acceptance lists ask of a running host. */

const ENVIRONMENT = `
import fs from "node:fs";
const parent = (pid) => fs.readFileSync("/proc/" + pid + "/stat", "utf8").split(") ")[1].split(" ")[1];
const programs = fs.readdirSync("/proc").filter((each) => /^\\d+$/.test(each));
// The engine's init is the first process and starts the program; without it the program is the first.
const program = programs.find((pid) => parent(pid) === "1") ?? "1";
const lines = fs.readFileSync("/proc/" + program + "/environ", "utf8").split("\\0").filter(Boolean);
console.log(JSON.stringify(Object.fromEntries(lines.map((line) => {
  const at = line.indexOf("=");
  return [line.slice(0, at), line.slice(at + 1)];
}))));`;

/** Variables that a program runs with, the secret ones too: no `docker inspect` shows those. */
export async function environmentOf(
  stack: LiveStack,
  component: string,
): Promise<Record<string, string>> {
  const { Id, Config: config } = await stack.container(component);
  const { code, output } = await exec(docker().getContainer(Id), [
    ...["node", "--input-type=module", "--eval", ENVIRONMENT],
  ]);
  if (code !== 0) throw new Error(`${component} (${config.User}): ${output}`);
  return JSON.parse(output) as Record<string, string>;
}

/** Variables that `docker inspect` shows. */
export async function shownEnvironmentOf(
  stack: LiveStack,
  component: string,
): Promise<Record<string, string>> {
  const { Config: config } = await stack.container(component);
  return Object.fromEntries(
    config.Env.map((line) => [line.split("=")[0], line.slice(line.indexOf("=") + 1)]),
  ) as Record<string, string>;
}

/** A job had ended well before a service started. */
export async function ranBefore(stack: LiveStack, job: string, service: string): Promise<void> {
  const ended = await docker()
    .getContainer(stack.hostName(`${job}-run`))
    .inspect();
  const started = await stack.container(service);
  expect(ended.State.ExitCode).toBe(0);
  expect(Date.parse(ended.State.FinishedAt)).toBeLessThan(Date.parse(started.State.StartedAt));
}

/** A configuration is refused with this sentence, and nothing is made. */
export async function isRefused({ stack }: Live, config: Config, words: RegExp): Promise<void> {
  const { status, output } = await stack.run("preview --no-policy", config);
  expect(status).not.toBe(0);
  expect(output).toMatch(words);
}

/** A copy that is made now is sealed by age: nobody without the key reads it. */
export async function copiesAreSealed(stack: LiveStack, name: string): Promise<void> {
  const { Id, Config: config, Path, Args } = await stack.container(`${name}-backup`);
  const backup = docker().getContainer(Id);
  // What runs every day, and now: keeper run keeper backup [-- PROGRAM ...]
  const daily = [Path, ...Args];
  const at = daily.indexOf("backup") + 1;
  const made = await exec(backup, [...daily.slice(0, at), "now", ...daily.slice(at)]);
  expect(made).toMatchObject({ code: 0, output: expect.stringContaining("keeper backup: wrote") });
  const [, file] = /wrote (\S+)/.exec(made.output) ?? [];
  const head = await insideJson<string>(
    `import fs from "node:fs";
     const head = fs.readFileSync("/backups/${file}").subarray(0, 21).toString();
     console.log(JSON.stringify(head));`,
    {
      user: `${config.User.split(":")[0]}:0`,
      binds: [`${stack.hostName(`${name}-backups`)}:/backups`],
    },
  );
  expect(head).toBe("age-encryption.org/v1");
}

const KEEPER = "/portolan/keeper";

async function keeper(
  stack: LiveStack,
  name: string,
  command: string[],
  input?: string,
): Promise<string> {
  const { Id } = await stack.container(`${name}-backup`);
  const whole = [KEEPER, "run", KEEPER, ...command];
  const { code, output } = await exec(docker().getContainer(Id), whole, input);
  if (code !== 0) throw new Error(output);
  return output;
}

/** Names of the finished copies, oldest first. */
export const sealedCopies = async (stack: LiveStack, name: string): Promise<string[]> =>
  (await keeper(stack, name, ["restore"])).trim().split("\n");

/** The newest copy of a folder or file, opened with the key that only the state has. */
export async function restored(stack: LiveStack, name: string): Promise<string> {
  const { resources } = await stack.export();
  const key = resources.find((each) => each.name === `${name}-backup-key`);
  const secret = String(revealed(key?.outputs["privateKeyOpenssh"]));
  return keeper(stack, name, ["restore", "latest"], secret);
}

/** The same configuration once more is no change. */
export async function isUnchanged(stack: LiveStack, config: Config = {}): Promise<void> {
  const { output } = succeed(await stack.up(config));
  expect(output).not.toMatch(/\d+ (created|updated|replaced|deleted)/);
}
