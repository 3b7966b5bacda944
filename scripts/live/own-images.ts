import fs from "node:fs";
import path from "node:path";
import type Docker from "dockerode";
import { SetupError, Unavailable } from "../setup/errors.js";
import type { Progress } from "../setup/progress.js";
import { runLines } from "../setup/run.js";
import { goEnvironment } from "../toolchain/go-build.js";
import { hasImage, importImage, type Entry } from "./import";
import { cacheFolder } from "./places";
import { recipeOf } from "./recipe";

const PROVIDER = path.join(__dirname, "../../providers/docker");
const AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt";
const USER = { uid: 10001, gid: 10001 };

const authorities = (): Entry[] =>
  fs.existsSync(AUTHORITIES)
    ? [{ name: "etc/ssl/certs/ca-certificates.crt", from: AUTHORITIES }]
    : [];

const folder = (name: string, mode: number, owner: object): Entry[] => [
  { name, mode, ...owner },
  { name: `${name}/.keep`, text: "", mode: 0o644, ...owner },
];

/**
 * The images of the project's own two Go programs, in the shape that their Dockerfiles give them.
 * Those start from an image with Go, which a machine without a registry has not.
 */
const OWN = {
  keeper: {
    source: path.join(PROVIDER, "keeper"),
    entries: (program: string): Entry[] => [
      ...authorities(),
      ...folder("shared", 0o2770, { uid: 0, gid: 0 }),
      { name: "portolan/keeper", from: program, mode: 0o755 },
    ],
    changes: ["USER 10001:10001", 'ENTRYPOINT ["/portolan/keeper"]'],
  },
  edge: {
    source: path.join(PROVIDER, "caddy"),
    entries: (program: string): Entry[] => [
      ...authorities(),
      { name: "usr/bin/caddy", from: program, mode: 0o755 },
      { name: "etc/caddy/start.json", from: path.join(PROVIDER, "caddy/start.json") },
      ...["data", "config", "run/caddy", "var/log/caddy"].flatMap((name) =>
        folder(name, 0o755, USER),
      ),
    ],
    changes: [
      "ENV XDG_CONFIG_HOME=/config XDG_DATA_HOME=/data HOME=/data",
      "USER 10001:10001",
      'ENTRYPOINT ["/usr/bin/caddy"]',
      'CMD ["run","--resume","--config","/etc/caddy/start.json"]',
    ],
  },
} as const;

/** Builds one of the two on this machine and gives its reference. */
export async function ownImage(
  docker: Docker,
  role: keyof typeof OWN,
  progress: Progress,
): Promise<string> {
  const { source, entries, changes } = OWN[role];
  const reference = `portolan-live/${role}:${recipeOf(source, __filename)}`;
  if (await hasImage(docker, reference)) return reference;
  const program = await built(role, source, progress);
  await importImage(docker, reference, entries(program), changes);
  return reference;
}

/** The static program, kept in the cache: Caddy with its modules takes two minutes on two cores. */
async function built(role: string, source: string, progress: Progress): Promise<string> {
  const target = cacheFolder("programs", `${role}-${recipeOf(source)}`);
  if (fs.existsSync(target)) return target;
  const { env, reason } = await goEnvironment(process.env);
  if (!env) throw new Unavailable(`The image of the ${role} has to be built here, and ${reason}.`);
  const step = progress.step(`Building the ${role} with Go`);
  const draft = `${target}.${process.pid}`;
  const flags = ["-buildvcs=false", "-trimpath", "-ldflags=-s -w", "-o", draft];
  const { code, tail } = await runLines("go", ["build", ...flags, "."], {
    cwd: source,
    env: { ...env, CGO_ENABLED: "0", GOOS: "linux" },
  });
  if (code !== 0) {
    step.failed("failed");
    throw new SetupError(`Go could not build the ${role}:\n  ${tail.join("\n  ")}`);
  }
  fs.renameSync(draft, target);
  step.done();
  return target;
}
