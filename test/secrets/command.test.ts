import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { sandbox, succeed } from "../support/deployed";
import { copyProject } from "../support/project-copy";

const PLANTED = "plantedValue7f3a";
const ON_LINUX = fs.existsSync("/proc/self/cmdline") ? test : test.skip;

let project: string;
beforeAll(() => {
  project = copyProject();
  fs.copyFileSync(
    path.join(project, "examples/lattice-policy-docker.yaml"),
    path.join(project, "Pulumi.mine.yaml"),
  );
});
afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

const argsOf = (args: readonly string[]): string[] => [...args, "--sandbox", "--stack", "mine"];

function secrets(args: readonly string[], input = "") {
  const run = spawnSync(path.join(project, "bin/secrets"), argsOf(args), {
    cwd: project,
    encoding: "utf8",
    input,
  });
  return { status: run.status, output: run.stdout + run.stderr };
}

/** The sandbox's copy of the stack file: what `pulumi config set` has written. */
const settings = (): string =>
  fs.readFileSync(path.join(project, ".sandbox/config/Pulumi.mine.yaml"), "utf8");

/** Files of the project that hold a text, the passphrase's own aside. */
function filesWith(text: string): string[] {
  const names = fs.readdirSync(project, { recursive: true, encoding: "utf8" });
  return names.filter((name) => {
    const file = path.join(project, name);
    if (name.startsWith("node_modules") || name.startsWith("test/secrets")) return false;
    return fs.lstatSync(file).isFile() && fs.readFileSync(file).includes(text);
  });
}

describe("set", () => {
  ON_LINUX(
    "takes the value from the standard input, and no process list or file shows it",
    async () => {
      const child = spawn(path.join(project, "bin/secrets"), argsOf(["set", "sentry-dsn"]), {
        cwd: project,
        env: { ...process.env, NO_COLOR: "1" },
      });
      child.stdin.end(`${PLANTED}\n`);
      let output = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
      }
      const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
      const seen = await watchProcesses(ended);
      expect([await ended, output]).toEqual([
        0,
        expect.stringMatching(/^sentry-dsn is set, encrypted/),
      ]);
      // The look at the processes was in time to see the CLI at its work.
      expect(
        seen.some((text) =>
          /config\0set\0--secret\0--path\0portolan:secrets.sentry-dsn/.test(text),
        ),
      ).toBe(true);
      expect(seen.filter((text) => text.includes(PLANTED))).toEqual([]);
      expect(output).not.toContain(PLANTED);
      expect(settings()).toMatch(/sentry-dsn:\n\s+secure: v1:/);
      expect(filesWith(PLANTED)).toEqual([]);
    },
  );

  const typed = spawnSync("script", ["--version"]).status === 0 ? test : test.skip;
  typed("asks for it on a terminal and shows nothing of it", async () => {
    const command = `bin/secrets ${argsOf(["set", "sentry-dsn"]).join(" ")}`;
    const child = spawn("script", ["-qec", command, "/dev/null"], { cwd: project });
    let output = "";
    let answered = false;
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      // With the prompt the CLI has taken the terminal over, which shows by itself what is typed earlier.
      if (answered || !output.includes("value:")) return;
      answered = true;
      child.stdin.write(`${PLANTED}3\r`);
    });
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect([status, answered]).toEqual([0, true]);
    expect(output).toContain("sentry-dsn is set");
    expect(output).not.toContain(PLANTED);
    const key = ["config", "get", "--path", "portolan:secrets.sentry-dsn", "--stack", "mine"];
    expect(succeed(sandbox(project, ...key)).output).toBe(`${PLANTED}3\n`);
  });

  test("takes it from a file, with all lines but the last line's end", () => {
    const file = path.join(project, "..", `${path.basename(project)}-value`);
    fs.writeFileSync(file, "line 1\nline 2\n", { mode: 0o600 });
    expect(secrets(["set", "push-auth-header", "--file", file]).status).toBe(0);
    fs.rmSync(file);
    const shown = succeed(
      sandbox(
        project,
        ...["config", "get", "--path", "portolan:secrets.push-auth-header"],
        "--stack",
        "mine",
      ),
    );
    expect(shown.output).toBe("line 1\nline 2\n");
  });

  test.each<[string, string[], RegExp]>([
    [
      "an argument",
      ["set", "sentry-dsn", PLANTED],
      /the value stands on the command line.*standard input, with --file or at the prompt/,
    ],
    ["an option", ["set", "sentry-dsn", `--value=${PLANTED}`], /A value is never one/],
    ["an empty value", ["set", "sentry-dsn"], /the standard input: is empty; give the value there/],
    [
      "a file that is not there",
      ["set", "sentry-dsn", "--file", "no-such-file"],
      /cannot be read \(ENOENT\)/,
    ],
    [
      "a name that the system does not know",
      ["set", "sentry-dns"],
      /is not known to lattice-policy; there are: sentry-dsn, push-auth-header/,
    ],
    ["a name that is a path", ["set", "a.b"], /lower-case letters, digits and hyphens/],
  ])("refuses %s, and says what to do", (_name, args, sentence) => {
    const before = settings();
    const run = secrets(args);
    expect(run).toEqual({ status: 2, output: expect.stringMatching(sentence) });
    expect(run.output).not.toContain(PLANTED);
    expect(settings()).toBe(before);
  });
});

describe("of a deployed stack", () => {
  beforeAll(() => {
    succeed(sandbox(project, "up", "--yes", "--stack", "mine", "--no-policy"));
  });

  test("list and who name the readers and no value", () => {
    const list = secrets(["list"]);
    expect(list.output).toMatch(/^jwt-secret +generated; may be rotated; read by api$/m);
    expect(list.output).toMatch(/^customer-data-key +generated; must never change; read by api$/m);
    expect(list.output).toMatch(/^database-url .*; read by api, migrate$/m);
    const who = secrets(["who", "sentry-dsn"]);
    expect(who.output).toMatch(/^ {2}api: as SENTRY_DSN$/m);
    expect(who.output).toMatch(/whoever can decrypt the stack's state/);
    const json = secrets(["who", "--json"]);
    const shown = JSON.parse(json.output) as { name: string; readers: object[] }[];
    expect(shown.find(({ name }) => name === "redis-url")?.readers).toEqual([
      { name: "api", variables: ["REDIS_URL"], identities: [] },
    ]);
    for (const { output } of [list, who, json]) expect(output).not.toContain(PLANTED);
    expect(secrets(["who", "no-such"]).output).toMatch(
      /no-such: is no secret of mine; there are: .*jwt-secret/,
    );
  });

  test("rotate makes the next update replace that value alone", () => {
    const today = new Date().toISOString().slice(0, 10);
    expect(secrets(["rotate", "jwt-secret"]).output).toContain(`has the label ${today}`);
    const { output } = succeed(
      sandbox(project, "preview", "--json", "--stack", "mine", "--no-policy"),
    );
    const { steps } = JSON.parse(
      output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1),
    ) as {
      steps: { op: string; urn: string }[];
    };
    const made = steps.filter(({ urn, op }) => urn.includes("randomBytes") && op !== "same");
    expect(
      made.filter(({ op }) => op === "replace").map(({ urn }) => urn.split("::").at(-1)),
    ).toEqual(["secrets-jwt-secret"]);
    expect(new Set(made.map(({ urn }) => urn)).size).toBe(1);
    expect(secrets(["rotate", "jwt-secret"]).output).toContain(`has the label ${today}-2`);
  });

  test.each<[string, string[], RegExp]>([
    [
      "what must never change",
      ["customer-data-key"],
      /must never change: it encrypts what is stored/,
    ],
    [
      "what is made of a login",
      ["database-url"],
      /one that is made of a store.s login follows that/,
    ],
    [
      "what nobody knows",
      ["no-such"],
      /is not known to lattice-policy; there are: jwt-secret, mfa-token-secret/,
    ],
    [
      "the present label",
      ["jwt-secret", "--label", `${new Date().toISOString().slice(0, 10)}-2`],
      /is the present label/,
    ],
  ])("rotate refuses %s", (_name, args, sentence) => {
    const before = settings();
    const run = secrets(["rotate", ...args]);
    expect(run).toEqual({ status: 2, output: expect.stringMatching(sentence) });
    expect(settings()).toBe(before);
  });
});

/** Command lines and environments of all processes, looked at again and again until a process has ended. */
async function watchProcesses(ended: Promise<unknown>): Promise<string[]> {
  const seen = new Set<string>();
  let running = true;
  void ended.then(() => (running = false));
  while (running) {
    for (const id of fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      for (const file of ["cmdline", "environ"]) {
        try {
          seen.add(fs.readFileSync(`/proc/${id}/${file}`, "utf8"));
        } catch {
          // The process has ended, or belongs to somebody else.
        }
      }
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return [...seen];
}
