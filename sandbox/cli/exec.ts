import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Arguments } from "./arguments";
import type { Context } from "./context";
import { openFront } from "../front/front";

/** CLIs of clouds that are put on PATH, simulated. */
const STAND_INS = ["aws", "az", "docker", "gcloud", "syft"];

/**
 * `bin/sandbox exec -- <command>`: runs a command to which `pulumi` is the sandbox and to which the
 * clouds' CLIs are stand-ins, and gives it a simulated edge to connect to. Resolves to its exit code.
 */
export async function exec(context: Context, args: Arguments): Promise<number> {
  const [program, ...rest] = args.passed.slice(args.passed.indexOf("--") + 1);
  if (!args.passed.includes("--") || program === undefined) {
    throw new Error(
      "exec: write the command behind --, e.g. bin/sandbox exec -- bin/release --help",
    );
  }
  const bin = path.join(context.project.sandbox.root, "bin");
  const searched = context.env.PATH ?? "";
  writePrograms(bin, searched, context.portolan);
  // The front reads the simulated cloud in this process.
  Object.assign(process.env, context.env);
  const front = await openFront();
  try {
    const child = spawn(program, rest, {
      cwd: context.cwd,
      stdio: "inherit",
      env: {
        ...context.env,
        PATH: [bin, searched].join(path.delimiter),
        PORTOLAN_CONNECT: front.url,
      },
    });
    return await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (code) => resolve(code ?? 137));
    });
  } finally {
    front.close();
  }
}

/** Each searches where the caller would, so that it does not find itself. */
function writePrograms(bin: string, searched: string, portolan: string): void {
  fs.mkdirSync(bin, { recursive: true });
  const write = (name: string, command: string): void => {
    const draft = path.join(bin, `${name}.${process.pid}`);
    fs.writeFileSync(draft, `#!/bin/sh\nPATH=${quoted(searched)} exec ${command} "$@"\n`, {
      mode: 0o755,
    });
    fs.renameSync(draft, path.join(bin, name));
  };
  // A plain CLI: the pack comes with --policy-pack or not at all.
  write("pulumi", `"${path.join(portolan, "bin", "sandbox")}" --no-policy`);
  const main = path.join(__dirname, "..", "stand-ins", "main.js");
  for (const name of STAND_INS) write(name, `node "${main}" ${name}`);
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
