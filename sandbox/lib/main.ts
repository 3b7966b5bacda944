import * as fs from "node:fs";
import { EngineLog } from "./engine-log";
import { Faults } from "./faults";
import type { RealLifecycle } from "./lifecycle";
import { paceOf } from "./pace";
import { Seal } from "./seal";
import { tableFromSdk } from "./sdk";
import { serve } from "./server";
import { ProviderService } from "./service";
import { Store } from "./store";
import type { Strict } from "./strict";
import type { PackageTable, TypeTable } from "./table";

/** Environment that `bin/sandbox` sets for provider processes. */
const {
  SANDBOX_CLOUD,
  SANDBOX_STATE,
  SANDBOX_PASSPHRASE_FILE,
  SANDBOX_PROJECT,
  SANDBOX_FAULTS,
  SANDBOX_LIVE,
  SANDBOX_STRICT,
  SANDBOX_REAL_TIME,
} = process.env;

interface Package {
  provider: PackageTable;
  /** Where a package can also drive what is real. */
  real?: RealLifecycle;
}

/** Where SDKs are looked for: in the program's project, then in Portolan. */
const FOLDERS = [SANDBOX_PROJECT ?? process.cwd(), __dirname];

async function main(packageName: string, engine: string | undefined): Promise<void> {
  if (SANDBOX_CLOUD === undefined || SANDBOX_PASSPHRASE_FILE === undefined) {
    throw new Error(
      "a sandbox provider runs only under bin/sandbox, which tells it where the simulated cloud is",
    );
  }
  const { provider, real } = (await import(`../${packageName}/index`)) as Package;
  const log = new EngineLog(engine);
  const seal = new Seal(fs.readFileSync(SANDBOX_PASSPHRASE_FILE, "utf8").trim());
  const service = new ProviderService({
    provider,
    version: sdkVersion(provider),
    store: new Store(SANDBOX_CLOUD, packageName, seal),
    faults: new Faults(SANDBOX_CLOUD, SANDBOX_FAULTS),
    log,
    pace: paceOf(SANDBOX_REAL_TIME, log),
    strict: SANDBOX_STRICT === "1" ? await strict(packageName) : undefined,
    real: SANDBOX_LIVE === "1" ? real : undefined,
    fallback: (type) => generic(provider, type, log),
  });
  // How the engine ends a plugin; Ctrl-C does not reach our process group.
  process.on("SIGINT", () => {
    service.ended();
    process.exit(0);
  });
  process.stdout.write(`${await serve(service)}\n`);
}

/** Loaded only when asked for: the rules take a moment. */
async function strict(packageName: string): Promise<Strict> {
  if (SANDBOX_STATE === undefined) throw new Error("SANDBOX_STRICT runs only under bin/sandbox");
  const { racesOf } = await import("./races");
  const { Strict } = await import("./strict");
  return new Strict(SANDBOX_STATE, await racesOf(packageName));
}

/** A type nobody wrote a table for: inputs come back with an ID and what the SDK says of its outputs. */
async function generic(provider: PackageTable, type: string, log: EngineLog): Promise<TypeTable> {
  await log.send("debug", `sandbox: no table for ${type}; its inputs are echoed with an ID`);
  return tableFromSdk(sdkOf(provider), type, FOLDERS);
}

function sdkOf(provider: PackageTable): string {
  return provider.sdk ?? `@pulumi/${provider.name}`;
}

/** Version of the SDK the program has installed. */
function sdkVersion(provider: PackageTable): string {
  try {
    const file = require.resolve(`${sdkOf(provider)}/package.json`, { paths: FOLDERS });
    return (JSON.parse(fs.readFileSync(file, "utf8")) as { version: string }).version;
  } catch {
    return "0.0.0"; // The program does not use an npm SDK of this package.
  }
}

// Nothing must outlive the engine. A killed one tells nobody, but its children get another parent.
const engineProcess = process.ppid;
setInterval(() => {
  if (process.ppid !== engineProcess) process.exit(0);
}, 500).unref();

const [packageName = "", ...options] = process.argv.slice(2);
main(packageName, options.filter((option) => !option.startsWith("-")).at(-1)).catch(
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
