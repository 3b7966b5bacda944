import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createProgress } from "../../scripts/setup/progress.js";

/** What a scripted machine offers; every program is a shell script that leaves a line in its log. */
export interface MachineOptions {
  /** What `pulumi version` on PATH prints; without it there is no pulumi on PATH. */
  pulumiOnPath?: string;
  /** Whether the pulumi on PATH has its language host beside it; default true. */
  languageHost?: boolean;
  /** `offline`: curl cannot resolve; `online`: curl brings an archive; default: no curl at all. */
  curl?: "offline" | "online";
  /** The version of Go, such as `1.26.0`; without it there is no Go. */
  go?: string;
  /** Seconds each Go build takes; default 0. */
  buildSeconds?: number;
  /** The version that built and downloaded programs print; default v3.255.0. */
  made?: string;
  /** A Go build that fails with this message. */
  buildError?: string;
}

/** A temporary PATH and cache folder. */
export interface Machine {
  env: NodeJS.ProcessEnv;
  cache: string;
  /** The finished folder of the pinned version. */
  finished: string;
  calls(): string[];
  output(): string;
  progress: ReturnType<typeof createProgress>;
  remove(): void;
}

const sh = (body: string) => `#!/bin/sh\nPATH=/usr/bin:/bin:/usr/local/bin\n${body}\n`;

function write(file: string, body: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, sh(body), { mode: 0o755 });
}

const pulumi = (version: string) => `echo ${version}`;
const host = "echo 'Usage of pulumi-language-nodejs:' >&2; exit 2";

/** Makes a machine with nothing on PATH but what the options name. */
export function fakeMachine(options: MachineOptions = {}): Machine {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-machine-"));
  const bin = path.join(root, "bin");
  const cache = path.join(root, "cache");
  const log = path.join(root, "calls.log");
  const made = path.join(root, "made");
  const logged = `echo "$(basename "$0") $*" >> ${log}`;
  fs.mkdirSync(bin);
  // The starter of the built language host is a shell script.
  for (const tool of ["dirname", "head", "sed"]) write(path.join(bin, tool), `exec ${tool} "$@"`);

  write(path.join(made, "pulumi", "pulumi"), pulumi(options.made ?? "v3.255.0"));
  write(path.join(made, "pulumi", "pulumi-language-nodejs"), host);
  if (options.pulumiOnPath) {
    write(path.join(bin, "pulumi"), `${logged}\n${pulumi(options.pulumiOnPath)}`);
    if (options.languageHost ?? true) write(path.join(bin, "pulumi-language-nodejs"), host);
  }
  if (options.curl === "offline") {
    write(path.join(bin, "curl"), `${logged}\necho 'curl: (6) Could not resolve host' >&2; exit 6`);
  }
  if (options.curl === "online") {
    // The archive is the argument after --output.
    write(
      path.join(bin, "curl"),
      `${logged}\nwhile [ "$1" != --output ]; do shift; done\ntar -czf "$2" -C ${made} pulumi`,
    );
    write(path.join(bin, "tar"), 'exec tar "$@"');
  }
  if (options.go) {
    const fail = options.buildError ? `echo '${options.buildError}' >&2; exit 1` : "";
    write(
      path.join(bin, "go"),
      `if [ "$1" = env ]; then echo go${options.go}; exit; fi
${logged}
echo GOTOOLCHAIN=$GOTOOLCHAIN >> ${log}
echo 'go: downloading example.com/module v1.0.0' >&2
echo example.com/module/package >&2
sleep ${options.buildSeconds ?? 0}
${fail}
while [ "$1" != -o ]; do shift; done
cp ${made}/pulumi/$(basename "$2") "$2"`,
    );
  }

  const written: string[] = [];
  const stream = { write: (text: string) => written.push(text) };
  return {
    env: { PATH: bin, PORTOLAN_CACHE: cache },
    cache: path.join(cache, "toolchain"),
    finished: path.join(cache, "toolchain", "3.255.0"),
    calls: () => (fs.existsSync(log) ? fs.readFileSync(log, "utf8").trim().split("\n") : []),
    output: () => written.join(""),
    progress: createProgress({ stream, interactive: false, heartbeatMs: 200 }),
    remove: () => fs.rmSync(root, { recursive: true, force: true }),
  };
}
