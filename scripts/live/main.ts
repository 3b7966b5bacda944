import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type Docker from "dockerode";
import yaml from "js-yaml";
import { SetupError } from "../setup/errors.js";
import { createProgress, type Progress } from "../setup/progress.js";
import { ensureEngine, findEngine, stopEngine, type Engine } from "./engine";
import { ensureImages } from "./images";
import { opened } from "./page";
import { dockerPlugin } from "./plugin";
import { liveStackFile } from "./stack-file";
import { ensureStandIns, STAND_INS } from "./stand-ins";

const ROOT = path.resolve(__dirname, "../..");
const STACK = "dev";
const SANDBOX = path.join(ROOT, "bin/sandbox");

/** Entry of `bin/live`: an engine command, another program, or pulumi on the engine. Resolves to the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  if (args[0] === "engine") return engineCommand(args[1]);
  const engine = await ready();
  return args[0] === "exec" ? exec(engine, args.slice(1)) : pulumi(engine, args);
}

/** An engine with everything on it that the committed stack needs. */
export async function ready(): Promise<Engine> {
  const progress = createProgress();
  const engine = await ensureEngine(progress);
  await standIns(engine.docker, progress);
  return engine;
}

/** Images of the stand-in applications that committed stacks and tests name. */
export const standIns = (docker: Docker, progress: Progress): Promise<void> =>
  ensureStandIns(docker, STAND_INS, progress);

/** Runs pulumi through the sandbox's command line, with the docker package on the real engine. */
export async function pulumi(engine: Engine, args: readonly string[]): Promise<number> {
  const { command, env } = await onEngine(engine, args);
  return ended(SANDBOX, command, env);
}

/**
 * `bin/live exec -- bin/release ...`: runs a command to which `pulumi` is this one, with the stack's
 * file completed. Nothing is simulated: `docker` is the CLI that is installed.
 */
async function exec(engine: Engine, args: readonly string[]): Promise<number> {
  if (args[0] !== "--" || args[1] === undefined) {
    throw new SetupError("bin/live exec: write the command behind --, e.g. -- bin/release --help");
  }
  const { command, env } = await onEngine(engine, args.slice(1));
  const [program = "", ...rest] = command;
  const bin = path.join(ROOT, ".portolan/live/bin");
  fs.mkdirSync(bin, { recursive: true });
  const searched = env.PATH ?? "";
  // A plain CLI: the pack comes with --policy-pack or not at all. It searches where the caller would,
  // so that it does not find itself.
  const wrapper = `#!/bin/sh\nPATH='${searched}' exec "${SANDBOX}" --no-policy "$@"\n`;
  fs.writeFileSync(path.join(bin, "pulumi"), wrapper, { mode: 0o755 });
  return ended(program, rest, { ...env, PATH: [bin, searched].join(path.delimiter) });
}

/** The command with its stack's file as this machine needs it, and the engine in its environment. */
async function onEngine(
  engine: Engine,
  args: readonly string[],
): Promise<{ command: readonly string[]; env: NodeJS.ProcessEnv }> {
  const progress = createProgress();
  const images = await ensureImages(engine.docker, progress);
  const { official, note } = await dockerPlugin(progress);
  progress.note(note);
  const { stack, configFile, rest } = read(args);
  const source = path.resolve(ROOT, configFile ?? `Pulumi.${stack}.yaml`);
  const folder = path.join(ROOT, ".portolan/live/stacks");
  const command = [...rest, "--stack", stack];
  if (fs.existsSync(source)) {
    command.push("--config-file", liveStackFile(source, folder, engine.host, images));
  } else if (configFile !== undefined) {
    throw new SetupError(`${source} is not there; name another file with --config-file`);
  }
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    SANDBOX_LIVE: "1",
    DOCKER_HOST: engine.host,
    ...(official === undefined ? {} : { SANDBOX_OFFICIAL_DOCKER: official }),
  };
  return { command, env };
}

function ended(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: "inherit" });
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 137));
  });
}

/** `npm start -- --live`: brings the committed stack up and opens its page. */
export async function start(): Promise<number> {
  const engine = await ready();
  const code = await pulumi(engine, ["up", "--yes", "--skip-preview"]);
  if (code !== 0) return code;
  const source = fs.readFileSync(path.join(ROOT, `Pulumi.${STACK}.yaml`), "utf8");
  const { config } = yaml.load(source) as { config: Record<string, unknown> };
  const url = `https://app.${String(config["portolan:domain"])}`;
  const port = Number(config["portolan-docker:httpsPort"] ?? 443);
  const { status, body } = await opened(url, port);
  const title = /<title>(.*?)<\/title>/.exec(body)?.[1] ?? "no title";
  console.log(`
${url}${port === 443 ? "" : `:${port}`}/ answered ${status}: ${title}

These are real containers on the Docker engine ${engine.version} at ${engine.host}; the applications are stand-ins
(test/live/apps), and the browser does not know the edge's own authority yet. What to try next:
  bin/live up --config-file mine.yaml     with settings of your own
  docker --host ${engine.host} ps
  npm run test:live                       what is promised, tried from outside and inside
  bin/live destroy --yes                  remove it${engine.own ? "\n  bin/live engine stop                    end the engine that was started" : ""}
`);
  return status === 200 ? 0 : 1;
}

async function engineCommand(command: string | undefined): Promise<number> {
  if (command === "stop") {
    console.log((await stopEngine()) ? "stopped" : "no engine of ours was running");
    return 0;
  }
  if (command === "start" || command === "status") {
    const engine = command === "start" ? await ready() : await findEngine();
    console.log(engine ? `${engine.host} answers, version ${engine.version}` : "no engine answers");
    return engine ? 0 : 1;
  }
  throw new SetupError("bin/live engine: say start, stop or status");
}

/** The two options that are ours to complete; the rest is pulumi's. */
function read(args: readonly string[]): { stack: string; configFile?: string; rest: string[] } {
  let stack = STACK;
  let configFile: string | undefined;
  const rest: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? "";
    if (argument === "--stack" || argument === "-s") stack = args[++index] ?? stack;
    else if (argument === "--config-file") configFile = args[++index];
    else rest.push(argument);
  }
  return { stack, ...(configFile === undefined ? {} : { configFile }), rest };
}
