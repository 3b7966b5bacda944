import { randomBytes } from "node:crypto";
import { succeed } from "../support/deployed";
import { backups } from "./claims/backups";
import { fullDisk } from "./claims/disk";
import { faults, untilWell } from "./claims/faults";
import { releases } from "./claims/releases";
import { Client } from "./support/client";
import { note, timed } from "./support/figures";
import { onEngine } from "./support/when";
import { latticePolicyImages } from "./support/lattice-policy";
import { LiveStack } from "./support/live-stack";

// The profile without a firewall: its rules take a processor for some hundred requests a second,
// which is what the benchmark measures and not what is asked here.
const stack = new LiveStack("lattice-policy", 2, {
  ...latticePolicyImages("0.1.0"),
  "portolan:profile": "dev",
});
const client = new Client(stack);

/** One record by way of the application, with a name of that many random characters; gives its id. */
async function write(characters = 10): Promise<string> {
  const headers = { "Content-Type": "application/json" };
  const holder = randomBytes(characters / 2).toString("hex");
  const body = JSON.stringify({ holder, premium: 100 });
  const answer = await client.ask("api", "/api/policies", { method: "POST", headers, body });
  if (answer.status !== 201) throw new Error(`the application answered ${answer.status}`);
  return (JSON.parse(answer.body) as { id: string }).id;
}

async function has(id: string): Promise<boolean> {
  return (await client.ask("api", `/api/policies/${id}`)).status === 200;
}

async function isWell(): Promise<boolean> {
  const { status, body } = await client.ask("api", "/health");
  return status === 200 && body === '{"db":"up","cache":"up"}';
}

onEngine("Running LatticePolicy (stand-ins) on a Docker engine", () => {
  beforeAll(async () => {
    const { result, seconds } = await timed(() => stack.up());
    succeed(result);
    note("up from nothing", { seconds });
  });
  afterAll(async () => {
    client.close();
    succeed(await stack.run("destroy --yes --skip-preview"));
  });

  releases(stack, {
    host: "api",
    paths: ["/health", "/api/stand-in/version"],
    service: "api",
    version: latticePolicyImages,
    first: "0.1.0",
    next: "0.1.1",
    neverHealthy: "0.1.2-never-healthy",
    failingMigration: "0.1.3-failing-migration",
    edgeChange: { "portolan:settings": { portal: true } },
    rotation: { "portolan:rotations": { "jwt-secret": "2026-11" } },
  });
  backups(stack, client, {
    database: "db",
    name: "lattice_policy",
    client: "api",
    write: async () => void (await write()),
  });
  fullDisk(stack, {
    ...{ database: "db", write, has },
    well: () => untilWell(() => isWell().catch(() => false)),
  });
  faults(stack, client, {
    components: ["api", "db", "cache", "edge"],
    well: isWell,
    release: latticePolicyImages("0.1.1"),
  });
});
