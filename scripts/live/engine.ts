import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import Docker from "dockerode";
import { Unavailable } from "../setup/errors.js";
import type { Progress } from "../setup/progress.js";
import { runLines } from "../setup/run.js";
import { which } from "../toolchain/path.js";
import { cacheFolder, OWN_PID, OWN_SOCKET, RUN } from "./places";

/** A Docker engine that answers. */
export interface Engine {
  /** As `DOCKER_HOST` has it. */
  readonly host: string;
  readonly docker: Docker;
  readonly version: string;
  /** Started by us, in this run or an earlier one. */
  readonly own: boolean;
  /** Started by this call: who asked for it stops it. */
  readonly started: boolean;
}

const STANDARD = "unix:///var/run/docker.sock";
const START_MS = 60_000;
const EXEC = path.join(RUN, "exec");

/** A client for a host as `DOCKER_HOST` and `docker:host` name it. */
export function clientOf(host: string): Docker {
  return host.startsWith("unix://")
    ? new Docker({ socketPath: host.slice("unix://".length) })
    : new Docker({ host });
}

/** The engine that `DOCKER_HOST` names, this machine's, or the one we have started before. */
export async function findEngine(): Promise<Engine | undefined> {
  const own = `unix://${OWN_SOCKET}`;
  const named = process.env.DOCKER_HOST;
  for (const host of named ? [named] : [STANDARD, own]) {
    const docker = clientOf(host);
    try {
      const { Version } = await docker.version();
      return { host, docker, version: Version, own: host === own, started: false };
    } catch {
      // Nobody answers there.
    }
  }
  return undefined;
}

/**
 * An engine, started where none answers. That needs root on Linux and, for the programs, Debian's
 * package. Throws `Unavailable` that says why there is none.
 */
export async function ensureEngine(progress: Progress): Promise<Engine> {
  const found = await findEngine();
  if (found) return found;
  const obstacle = await obstacleTo(progress);
  if (obstacle !== undefined) {
    throw new Unavailable(
      `No Docker engine answers (asked: ${process.env.DOCKER_HOST ?? STANDARD}), and none can be started: ${obstacle}. ` +
        "Install Docker and start it, or point DOCKER_HOST at an engine.",
    );
  }
  const step = progress.step("Starting a Docker engine");
  const log = path.join(cacheFolder(), "docker-engine.log");
  await launch(log);
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    const engine = await findEngine();
    if (engine) {
      step.done(`${engine.version}, its data in ${cacheFolder("docker")}`);
      return { ...engine, started: true };
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  step.failed("it does not answer");
  const tail = fs.readFileSync(log, "utf8").trim().split("\n").slice(-5).join("\n  ");
  throw new Unavailable(`The Docker engine did not start; its last lines:\n  ${tail}`);
}

/** What stands in the way of an engine of our own; installs its package where that is all. */
async function obstacleTo(progress: Progress): Promise<string | undefined> {
  if (process.env.DOCKER_HOST) return "DOCKER_HOST names another one";
  if (process.platform !== "linux")
    return `one is started on Linux only, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return "only root may start one";
  const env = process.env;
  if (["dockerd", "iptables", "ip"].every((program) => which(program, env))) return undefined;
  if (!which("apt-get", env))
    return "dockerd is not installed and there is no apt-get to install it";
  return install(["docker.io", "iptables", "iproute2"], progress);
}

/** Debian packages, without starting their services. Undefined on success, else the reason. */
export async function install(
  packages: readonly string[],
  progress: Progress,
): Promise<string | undefined> {
  const step = progress.step(`Installing ${packages.join(" and ")}`);
  // Below runlevel 2 Debian's own scripts start no service.
  const env = { ...process.env, RUNLEVEL: "1", DEBIAN_FRONTEND: "noninteractive" };
  await runLines("apt-get", ["update", "-q"], { env });
  const { code, tail } = await runLines(
    "apt-get",
    ["install", "-y", "-q", "--no-install-recommends", ...packages],
    { env, onLine: (line) => step.update(line.slice(0, 60)) },
  );
  if (code === 0) {
    step.done();
    return undefined;
  }
  step.failed("not possible");
  return `apt-get could not install ${packages.join(", ")} (${tail.at(-1) ?? code})`;
}

/** Starts the daemon apart from this process: deployments outlive the command that made them. */
export async function launch(log = path.join(cacheFolder(), "docker-engine.log")): Promise<void> {
  fs.mkdirSync(RUN, { recursive: true, mode: 0o755 });
  await containerdGone();
  fs.mkdirSync(cacheFolder("docker"), { recursive: true });
  fs.rmSync(OWN_PID, { force: true });
  const out = fs.openSync(log, "a");
  const places = ["--data-root", cacheFolder("docker"), "--exec-root", EXEC];
  spawn("dockerd", ["--host", `unix://${OWN_SOCKET}`, "--pidfile", OWN_PID, ...places], {
    detached: true,
    stdio: ["ignore", out, out],
  }).unref();
  fs.closeSync(out);
}

/**
 * The containerd of a daemon that was killed ends with it, but not at the same moment. A daemon that
 * finds it alive, or dead and not yet cleared away, would wait for its answer in vain.
 */
async function containerdGone(): Promise<void> {
  const file = path.join(EXEC, "containerd/containerd.pid");
  for (let look = 0; running(file) !== undefined; look += 1) {
    // One that stays serves the next daemon, too.
    if (look === 40) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  fs.rmSync(file, { force: true });
}

/** Process of our own engine, if it is there. */
export const ownProcess = (): number | undefined => running(OWN_PID);

/** The process that a file names, if it runs: one that nobody has cleared away does not. */
function running(file: string): number | undefined {
  try {
    const pid = Number(fs.readFileSync(file, "utf8"));
    const status = fs.readFileSync(`/proc/${pid}/status`, "utf8");
    return /^State:\s*Z/m.test(status) ? undefined : pid;
  } catch {
    return undefined;
  }
}

/** Ends the engine that we started, and the containers with it. False when there is none. */
export async function stopEngine(): Promise<boolean> {
  const pid = ownProcess();
  if (pid === undefined) return false;
  process.kill(pid, "SIGTERM");
  while (ownProcess() !== undefined) await new Promise((resolve) => setTimeout(resolve, 250));
  return true;
}
