import { succeed } from "../support/deployed";
import { backups } from "./claims/backups";
import { faults } from "./claims/faults";
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

/** One record by way of the application. */
async function write(): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ holder: "B. Holder", premium: 100 });
  const { status } = await client.ask("api", "/api/policies", { method: "POST", headers, body });
  if (status !== 201) throw new Error(`the application answered ${status}`);
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
  backups(stack, client, { database: "db", name: "lattice_policy", client: "api", write });
  faults(stack, client, {
    components: ["api", "db", "cache", "edge"],
    well: async () => {
      const { status, body } = await client.ask("api", "/health");
      return status === 200 && body === '{"db":"up","cache":"up"}';
    },
    release: latticePolicyImages("0.1.1"),
  });
});
