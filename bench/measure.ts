import { spawn } from "node:child_process";
import fs from "node:fs";

/** One command to time. */
export interface Command {
  program: string;
  args: string[];
  cwd: string;
  /** What comes before each run and is not timed. */
  before?: () => void;
}

/** How often the process tree is looked at; a peak shorter than this is missed. */
const SAMPLE_MS = 50;
const PAGE_BYTES = 4096;

/** What one run took, in seconds. */
export interface Times {
  /** From start to end. */
  wall: number;
  /** Of the processor, all processes together: it says what a run costs on a machine that has other work, too. */
  cpu: number;
}

/** Times a command. One that fails ends the benchmark: its time means nothing. */
export function time(command: Command): Promise<Times> {
  return run(command, () => () => {});
}

/** Largest sum of resident memory of the command and all its children, in MB. Undefined where there is no /proc. */
export async function peakMemory(command: Command): Promise<number | undefined> {
  if (!fs.existsSync("/proc/self/statm")) return undefined;
  let peak = 0;
  await run(command, (pid) => {
    const timer = setInterval(() => (peak = Math.max(peak, treeBytes(pid))), SAMPLE_MS);
    return () => clearInterval(timer);
  });
  return peak / 1e6;
}

/** Runs the command below a shell, which tells the processor time of its ended children. */
const TIMED = '"$@"; code=$?; times; exit $code';

/** Minutes and seconds as `times` writes them, user and system: `0m1.23s 0m0.45s`. */
function cpuSeconds(output: string): number {
  const line = output.trimEnd().split("\n").at(-1) ?? "";
  const parts = [...line.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}

function run(command: Command, watch: (pid: number) => () => void): Promise<Times> {
  command.before?.();
  const started = process.hrtime.bigint();
  const child = spawn("sh", ["-c", TIMED, "sh", command.program, ...command.args], {
    cwd: command.cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: Buffer[] = [];
  const told: Buffer[] = [];
  child.stdout.on("data", (data: Buffer) => {
    said.push(data);
    told.push(data);
  });
  child.stderr.on("data", (data: Buffer) => said.push(data));
  const stop = watch(child.pid ?? 0);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      stop();
      const wall = Number(process.hrtime.bigint() - started) / 1e9;
      if (code === 0) resolve({ wall, cpu: cpuSeconds(Buffer.concat(told).toString()) });
      else
        reject(
          new Error(
            `${command.args.join(" ")} failed:\n${Buffer.concat(said).toString().slice(-4000)}`,
          ),
        );
    });
  });
}

/** A process that ends while we look at it counts as nothing. */
function read(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function threadsOf(pid: number): string[] {
  try {
    return fs.readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function treeBytes(pid: number): number {
  const own = Number(read(`/proc/${pid}/statm`).split(" ")[1] ?? 0) * PAGE_BYTES;
  const children = threadsOf(pid).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`).split(" ").filter(Boolean),
  );
  return children.reduce((sum, child) => sum + treeBytes(Number(child)), own);
}
