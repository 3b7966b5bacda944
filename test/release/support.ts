import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import type { Release } from "../../release/record";
import type { Event } from "../../release/report/event";
import { openFront, type PlantedAnswer } from "../../sandbox/front/front";
import { HOLD_FILE } from "../../sandbox/lib/faults";
import { digestOf } from "../../sandbox/lib/images";
import { sandbox, succeed, type Run } from "../support/deployed";
import { copyProject } from "../support/project-copy";
import type { Change } from "./failures";

/** What a release told, and how it ended. */
export interface Told extends Run {
  readonly events: readonly Event[];
}

/** One stack in the sandbox that is released again and again, and what is planted for it. */
export class ReleasedStack {
  readonly project: string;
  readonly config: string;

  private constructor(project: string, config: string) {
    this.project = project;
    this.config = config;
  }

  /** Deploys `examples/<example>.yaml` in a copy of the project. */
  static deploy(example: string): ReleasedStack {
    const project = copyProject();
    const stack = new ReleasedStack(project, path.join(project, `examples/${example}.yaml`));
    process.env["SANDBOX_CLOUD"] = path.join(project, ".sandbox/cloud");
    process.env["SANDBOX_PASSPHRASE_FILE"] = path.join(project, ".sandbox/passphrase");
    succeed(
      sandbox(project, "up", "--yes", "--skip-preview", "--no-policy", ...stack.#arguments()),
    );
    return stack;
  }

  /** `bin/release`, to its end. */
  release(version: string, ...more: string[]): Told {
    return this.#end(["bin/release", "--version", version, ...more]);
  }

  /** `bin/rollback`, to its end. */
  rollback(...more: string[]): Told {
    return this.#end(["bin/rollback", ...more]);
  }

  /** Starts `bin/release` and calls back for every event; the process leads a group of its own. */
  start(
    version: string,
    heard: (event: Event, process: ChildProcess) => void,
    ...more: string[]
  ): Promise<Told> {
    const child = spawn(
      path.join(this.project, "bin/sandbox"),
      this.#command(["bin/release", "--version", version, ...more]),
      { cwd: this.project, detached: true, env: ENVIRONMENT },
    );
    const events: Event[] = [];
    let output = "";
    child.stderr.on("data", (data: Buffer) => (output += data.toString()));
    readline.createInterface({ input: child.stdout }).on("line", (line) => {
      output += `${line}\n`;
      if (!line.startsWith("{")) return;
      const event = JSON.parse(line) as Event;
      events.push(event);
      heard(event, child);
    });
    return new Promise((resolve) =>
      child.on("close", (status) => resolve({ status, output, events })),
    );
  }

  /** Stops a release and everything it started, plants something, and lets all go on. */
  static between(child: ChildProcess, plant: () => void): void {
    const group = -(child.pid as number);
    process.kill(group, "SIGSTOP");
    try {
      plant();
    } finally {
      process.kill(group, "SIGCONT");
    }
  }

  /** Waits until the update of a release stands still at a planted `hold`; false when it ended without. */
  async held(child: ChildProcess): Promise<boolean> {
    const isHeld = (): boolean => fs.existsSync(this.#planted(HOLD_FILE));
    while (child.exitCode === null && !isHeld()) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return isHeld();
  }

  /** Ends a release and everything it started at once, as a runner that is taken away does. */
  static kill(child: ChildProcess): void {
    process.kill(-(child.pid as number), "SIGKILL");
  }

  /** Plants a file of the simulated cloud until `clear`. */
  plant(file: string, content: unknown): void {
    fs.writeFileSync(this.#planted(file), JSON.stringify(content));
  }

  /** Removes everything planted but what working containers answer. */
  clear(): void {
    for (const file of PLANTED) fs.rmSync(this.#planted(file), { force: true });
    this.plant("answers.json", GOOD);
  }

  /** Answers before those of working containers. */
  answers(answer: PlantedAnswer): void {
    this.plant("answers.json", [answer, ...GOOD]);
  }

  /** Image that production traffic of a host gets, by the simulated edge itself. */
  async serving(host: string): Promise<string> {
    const front = await openFront();
    try {
      const { port } = new URL(front.url);
      return await imageAt(Number(port), host);
    } finally {
      front.close();
    }
  }

  /** Does something while a file of the project reads otherwise. */
  changed<T>({ file, from, to }: Change, action: () => T): T {
    const place = path.join(this.project, file);
    const text = fs.readFileSync(place, "utf8");
    if (!text.includes(from)) throw new Error(`${file} has no "${from}" any more`);
    fs.writeFileSync(place, text.replace(from, to));
    try {
      return action();
    } finally {
      fs.writeFileSync(place, text);
    }
  }

  /** A preview with the config that the last update of a release had. */
  preview(...more: string[]): Run {
    const config = path.join(this.project, ".portolan/release/Pulumi.staging.yaml");
    return sandbox(
      ...[this.project, "preview", "--no-policy", "--stack", "staging", "--config-file", config],
      ...more,
    );
  }

  /** The newest record of the journal; undefined before the first release. */
  last(): Release | undefined {
    const folder = path.join(this.project, ".portolan/releases");
    const run = spawnSync(
      path.join(this.project, "bin/sandbox"),
      ["stack", "output", "journal", "--json", "--stack", "staging", "-C", folder],
      { encoding: "utf8", env: ENVIRONMENT },
    );
    if (run.status !== 0) return undefined;
    return (JSON.parse(run.stdout) as { releases: Release[] }).releases.at(-1);
  }

  remove(): void {
    fs.rmSync(this.project, { recursive: true, force: true });
  }

  #end(command: readonly string[]): Told {
    const run = spawnSync(path.join(this.project, "bin/sandbox"), this.#command(command), {
      cwd: this.project,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      env: ENVIRONMENT,
    });
    const events = run.stdout
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Event);
    return { status: run.status, output: run.stdout + run.stderr, events };
  }

  #command([program = "", ...args]: readonly string[]): string[] {
    const without = args.includes("--policy") ? [] : ["--no-policy"];
    const given = args.filter((each) => each !== "--policy");
    return [
      ...["exec", "--", program, ...given, ...this.#arguments(), ...without],
      ...["--yes", "--json", "--bake", "0s"],
    ];
  }

  #arguments(): string[] {
    return ["--stack", "staging", "--config-file", this.config];
  }

  #planted(file: string): string {
    return path.join(this.project, ".sandbox/cloud", file);
  }
}

const ENVIRONMENT = { ...process.env, NO_COLOR: "1" };

const PLANTED = [
  ...["stand-ins.json", "stand-in-calls.json", "unhealthy.json", "rolled-back.json"],
  ...["faults.json", "answers.json", HOLD_FILE],
  ...["aws", "azure", "gcp"].map((cloud) => `${cloud}-job-exits.json`),
  "docker-exits.json",
];

/** What working containers of LatticePolicy answer. */
const GOOD = [{ path: "/", headers: { "content-type": "text/html" }, body: "<html></html>" }];

async function imageAt(port: number, host: string): Promise<string> {
  const { request } = await import("node:http");
  return new Promise((resolve, reject) => {
    request({ port, host: "127.0.0.1", headers: { host } }, (response) => {
      response.resume();
      resolve(String(response.headers["x-simulated-image"]));
    })
      .on("error", reject)
      .end();
  });
}

/** Digest of an image of the stack's own in the simulated registry. */
export const digestIn = (registry: string, version: string): string =>
  digestOf(`${registry}:${version}`);
