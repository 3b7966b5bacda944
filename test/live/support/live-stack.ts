import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type Docker from "dockerode";
import yaml from "js-yaml";
import { Deployed, type Run } from "../../support/deployed";
import { textOf } from "./helper";
import { docker, host } from "./host";

const ROOT = path.resolve(__dirname, "../../..");

/** A stack file as data. */
export type Config = Readonly<Record<string, unknown>>;

/** One system that is deployed on the engine. */
export class LiveStack {
  readonly system: string;
  readonly name: string;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly #base: Config;

  /** The system's example; `slot` gives it ports and a range of its own, `config` replaces entries. */
  constructor(system: string, slot: number, config: Config) {
    this.system = system;
    this.name = `live${slot}`;
    this.httpPort = 18080 + slot;
    this.httpsPort = 18443 + slot;
    const text = fs.readFileSync(path.join(ROOT, "examples", `${system}-docker.yaml`), "utf8");
    const { config: example } = yaml.load(text) as { config: Config };
    this.#base = {
      ...example,
      // Names below `test` never resolve, and no authority signs them.
      "portolan:dns": { kind: "external", certificate: "internal" },
      "portolan:network": {
        ...(example["portolan:network"] as object),
        cidr: `10.${60 + slot}.0.0/16`,
      },
      "portolan-docker:httpPort": this.httpPort,
      "portolan-docker:httpsPort": this.httpsPort,
      ...config,
    };
  }

  get domain(): string {
    return String(this.#base["portolan:domain"]);
  }

  /** Name of a container or network on the host. */
  hostName(name: string): string {
    return `${this.system}-${this.name}-${name}`;
  }

  /** `bin/live COMMAND` with the example and what differs from it. */
  run(
    command: string,
    config: Config = {},
    env: Record<string, string> = {},
    told?: Listener,
  ): Promise<Run & { stdout: string }> {
    const folder = path.join(ROOT, ".portolan/live/tests");
    const file = path.join(folder, `${this.system}-${this.name}.yaml`);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(file, yaml.dump({ config: { ...this.#base, ...config } }));
    const options = ["--stack", this.name, "--config-file", file];
    return start(["bin/live", ...command.split(" "), ...options], env, told);
  }

  up(config: Config = {}, ...more: string[]): Promise<Run> {
    return this.run(["up --yes --skip-preview", ...more].join(" "), config);
  }

  async export(): Promise<Deployed> {
    const command = ["stack", "export", "--show-secrets", "--stack", this.name];
    const { stdout, output, status } = await start(["bin/live", ...command]);
    if (status !== 0) throw new Error(output);
    return new Deployed(stdout);
  }

  /** Everything that the stack runs now: containers that have ended are left out. */
  async running(): Promise<Docker.ContainerInspectInfo[]> {
    const listed = await docker().listContainers({
      filters: { label: [`portolan.stack=${this.name}`, `portolan.system=${this.system}`] },
    });
    return Promise.all(listed.map(({ Id }) => docker().getContainer(Id).inspect()));
  }

  /** What a container on the host is in the description; one with a fixed name is called by that. */
  componentOf(containerName: string): string {
    const name = containerName.replace(/^\//, "");
    const own = this.hostName("");
    return (name.startsWith(own) ? name.slice(own.length) : name).replace(/-[0-9a-f]{8}-\d+$/, "");
  }

  /** The running container of a component; the first of several replicas. */
  async container(component: string): Promise<Docker.ContainerInspectInfo> {
    const [found] = (await this.running())
      .filter(({ Name }) => this.componentOf(Name) === component)
      .sort((a, b) => a.Name.localeCompare(b.Name));
    if (found === undefined) throw new Error(`${component} does not run`);
    return found;
  }

  /** What a component has written, as `docker logs` shows it. */
  async log(component: string): Promise<string> {
    const { Id } = await this.container(component);
    return textOf(await docker().getContainer(Id).logs({ stdout: true, stderr: true }));
  }
}

/** Hears what a command has printed, and may end it. */
export type Listener = (printed: string, child: ChildProcess) => void;

/** Runs a command of the project to its end. It leads a group of its own. */
function start(
  [program = "", ...args]: string[],
  env: Record<string, string> = {},
  told?: Listener,
): Promise<Run & { stdout: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(path.join(ROOT, program), args, {
      cwd: ROOT,
      env: { ...process.env, DOCKER_HOST: host(), NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let stdout = "";
    let output = "";
    child.stdout.on("data", (data: Buffer) => {
      stdout += data.toString();
      output += data.toString();
      told?.(data.toString(), child);
    });
    child.stderr.on("data", (data: Buffer) => (output += data.toString()));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, output }));
  });
}
