import { succeed } from "../support/deployed";
import { Client } from "./support/client";
import { latticePolicyImages } from "./support/lattice-policy";
import { LiveStack, type Config, type Listener } from "./support/live-stack";
import { onOwnEngine } from "./support/when";

const stack = new LiveStack("lattice-policy", 3, {
  ...latticePolicyImages("0.1.0"),
  "portolan:profile": "dev",
});
const client = new Client(stack);

/** `bin/release` or `bin/rollback` against the real engine, to its end. */
const run = (program: string, config: Config = {}, told?: Listener) =>
  stack.run(`exec -- bin/${program} --yes --json --bake 5s`, config, {}, told);

const serving = async (): Promise<string> =>
  (await client.ask("api", "/api/stand-in/version")).body;

/** Step in which a release noticed that something is wrong. */
const failedAt = (output: string): string | undefined =>
  /"step":"(\w+)","state":"failed"/.exec(output)?.[1];

onOwnEngine("Releases of LatticePolicy (stand-ins) on a Docker engine", () => {
  beforeAll(async () => {
    succeed(await stack.up());
  });
  afterAll(async () => {
    client.close();
    succeed(await stack.run("destroy --yes --skip-preview"));
  });

  test("a version is tried beside the serving one, gets the traffic, and is proved", async () => {
    const { output } = succeed(await run("release --version 0.1.1"));
    expect(output).toContain('"result":"released"');
    expect(await serving()).toContain("0.1.1");
  });

  test.each<[string, string, string, Config]>([
    ["a migration fails", "0.1.3-failing-migration", "candidate", {}],
    ["a candidate never becomes healthy", "0.1.2-never-healthy", "candidate", {}],
    [
      "a smoke test gets another status",
      "0.1.0",
      "smoke",
      { "release:smoke": [{ shows: "a teapot", service: "api", path: "/health", status: 418 }] },
    ],
  ])("%s: the old version serves", async (_what, version, step, config) => {
    const { output, status } = await run(`release --version ${version}`, config);
    expect([status, failedAt(output)]).toEqual([1, step]);
    expect(output).toContain('"result":"restored"');
    expect(await serving()).toContain("0.1.1");
  });

  test("one that is killed in the middle is ended by the same command", async () => {
    const killed = await run("release --version 0.1.0", {}, (printed, { pid = 0 }) => {
      if (/"step":"promote","state":"begin"/.test(printed)) process.kill(-pid, "SIGKILL");
    });
    expect(killed.status).toBeNull();
    const { output } = succeed(await run("release --version 0.1.0"));
    expect(output).toContain('"result":"released"');
    expect(await serving()).toContain("0.1.0");
  });

  test("a rollback goes to the version before, and runs no job", async () => {
    const { output } = succeed(await run("rollback"));
    expect(output).toContain('"result":"released"');
    expect(await serving()).toContain("0.1.1");
  });
});
