import { succeed } from "../../support/deployed";
import type { Live, Observations } from "../support/acceptance";
import { exec, insideJson } from "../support/helper";
import { docker } from "../support/host";
import {
  copiesAreSealed,
  environmentOf,
  isRefused,
  restored,
  sealedCopies,
  shownEnvironmentOf,
} from "../support/looks";

const MANAGER = "workspace-manager";
const DATA = "octoprox_manager-data";
const WORKSPACES = "/app/api/stand-in/workspaces";

/** Statuses that one container gets from another for these requests, e.g. `GET /images/json`. */
async function statuses(live: Live, from: string, filter: string, asked: readonly string[]) {
  const { Id } = await live.stack.container(from);
  return insideJson<Record<string, number>>(
    `const seen = {};
     for (const line of JSON.parse(process.env.ASKED)) {
       const [method, path] = line.split(" ");
       const answer = await fetch("http://" + process.env.FILTER + ":2375" + path, { method });
       seen[line] = answer.status;
     }
     console.log(JSON.stringify(seen));`,
    { network: Id, env: { ASKED: JSON.stringify(asked), FILTER: filter } },
  );
}

const REFUSED = [
  ...["POST /build", "POST /exec/none/start", "GET /secrets", "GET /swarm", "POST /auth"],
  ...["GET /info", "GET /configs", "GET /services", "GET /plugins", "POST /commit"],
];

const all = (asked: readonly string[], status: number) =>
  Object.fromEntries(asked.map((each) => [each, status]));

/** Octoprox's acceptance list on a running host. */
export const LIVE: Observations = {
  1: async ({ client }) => {
    const { status, body } = await client.ask("api", "/app/api/v1/health");
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      status: "healthy",
      checks: { database: { healthy: true }, docker: { healthy: true } },
    });
  },
  2: async ({ stack }) => {
    const { Mounts } = await stack.container(MANAGER);
    expect(Mounts.map(({ Type }) => Type)).not.toContain("bind");
    expect((await shownEnvironmentOf(stack, MANAGER))["DOCKER_HOST"]).toBe(
      "tcp://socket-proxy:2375",
    );
  },
  3: async ({ stack, client }) => {
    // Who it may reach is tried from every container of the stack; here from a workspace.
    const made = await client.ask("api", `${WORKSPACES}/trial`, { method: "POST" });
    expect([made.status, made.body]).toEqual([201, expect.stringContaining("ws_trial")]);
    const workspace = await docker().getContainer("ws_trial").inspect();
    const ways = await Promise.all(
      ["socket-proxy", "route-reader"].map(async (name) =>
        Object.values((await stack.container(name)).NetworkSettings.Networks),
      ),
    );
    const open = await insideJson<string[]>(
      `import net from "node:net";
       const tried = await Promise.all(process.env.HOSTS.split(" ").map((host) => new Promise((resolve) => {
         const socket = net.connect({ host, port: 2375, timeout: 2000 });
         const end = (found) => { socket.destroy(); resolve(found); };
         socket.on("connect", () => end([host])).on("error", () => end([])).on("timeout", () => end([]));
       })));
       console.log(JSON.stringify(tried.flat()));`,
      {
        network: workspace.Id,
        env: { HOSTS: ways.flatMap((each) => each.map(({ IPAddress }) => IPAddress)).join(" ") },
      },
    );
    expect(open).toEqual([]);
  },
  4: async (live) => {
    const reads = ["GET /containers/json", "GET /images/json", "GET /networks", "GET /volumes"];
    const seen = await statuses(live, MANAGER, "socket-proxy", [...reads, ...REFUSED]);
    expect(seen).toEqual({ ...all(reads, 200), ...all(REFUSED, 403) });
    // Making, starting, stopping and removing one is what the manager itself does.
    const removed = await live.client.ask("api", `${WORKSPACES}/trial`, { method: "DELETE" });
    expect([removed.status, removed.body]).toEqual([200, "{}"]);
    const writes = [
      ...["POST /containers/create", "POST /containers/none/start", "GET /images/json"],
      ...["DELETE /containers/none", "GET /networks", "GET /volumes", ...REFUSED],
    ];
    const router = ["GET /containers/json", ...writes];
    expect(await statuses(live, "traefik", "route-reader", router)).toEqual({
      ...all(writes, 403),
      "GET /containers/json": 200,
    });
  },
  5: { claim: "networks" },
  6: async ({ stack }) =>
    expect((await shownEnvironmentOf(stack, MANAGER))["PUBLIC_BASE_URL"]).toBe(
      `https://api.${stack.domain}`,
    ),
  7: async ({ stack }) => {
    const env = await environmentOf(stack, MANAGER);
    const bytes = (name: string) => Buffer.from(env[name] ?? "", "base64").length;
    expect([bytes("SECRET_KEY"), bytes("JWT_SECRET_KEY")]).toEqual([32, 64]);
    expect(env["JWT_SECRET_KEY"]).not.toContain("\n");
    expect(env["JWT_SECRET_KEY"]).not.toContain(env["SECRET_KEY"]);
    succeed(await stack.up({ "portolan:settings": { apiRateLimit: 210 } }));
    const after = await environmentOf(stack, MANAGER);
    expect(after["API_RATE_LIMIT"]).toBe("210");
    for (const name of ["SECRET_KEY", "JWT_SECRET_KEY"]) expect(after[name]).toBe(env[name]);
  },
  8: async ({ stack }) => {
    const env = await environmentOf(stack, MANAGER);
    expect(env["BOOTSTRAP_ADMIN_USERNAME"]).toBe("octoprox-admin");
    expect(Buffer.from(env["BOOTSTRAP_ADMIN_PASSWORD"] ?? "", "base64")).toHaveLength(24);
  },
  9: async ({ stack }) => {
    const { Id } = await stack.container(MANAGER);
    const script = `
      const folder = "/run/portolan/env/";
      const fs = require("node:fs");
      console.log(fs.readdirSync(folder).map((name) => {
        const { uid, mode } = fs.statSync(folder + name);
        return [name, uid, (mode & 0o777).toString(8)].join(" ");
      }).join("\\n"));`;
    const { output } = await exec(docker().getContainer(Id), ["node", "--eval", script]);
    expect(output.trim().split("\n")).toEqual([
      ...["BOOTSTRAP_ADMIN_PASSWORD 0 440", "JWT_SECRET_KEY 0 440", "SECRET_KEY 0 440"],
    ]);
  },
  10: async ({ client }) => {
    for (const path of ["/internal/users", "/app/internal/users", "/internal/"]) {
      const { status, headers } = await client.ask("api", path);
      expect([path, status, headers["x-stand-in"]]).toEqual([path, 404, undefined]);
    }
  },
  11: { claim: "from outside" },
  12: { claim: "from outside" },
  13: { claim: "containers" },
  14: async ({ stack }) => {
    const writers = (await stack.running()).filter(({ Mounts }) =>
      Mounts.some(({ Name, RW }) => Name === DATA && RW),
    );
    // The copy is made by SQLite's own backup, which reads.
    expect(writers.map(({ Name }) => stack.componentOf(Name)).sort()).toEqual([
      ...["host-backup", MANAGER],
    ]);
    expect((await shownEnvironmentOf(stack, MANAGER))["WEB_CONCURRENCY"]).toBe("1");
  },
  15: async ({ stack, client }) => {
    const before = await stack.container(MANAGER);
    expect((await client.ask("api", WORKSPACES)).body).toContain("ws_trial");
    succeed(await stack.up({ "portolan:settings": { apiRateLimit: 220 } }));
    expect((await stack.container(MANAGER)).Id).not.toBe(before.Id);
    expect((await client.ask("api", WORKSPACES)).body).toContain("ws_trial");
  },
  16: async ({ stack }) => {
    const before = await sealedCopies(stack, "host");
    await copiesAreSealed(stack, "host");
    succeed(await stack.up({ "portolan:settings": { apiRateLimit: 230 } }));
    expect((await sealedCopies(stack, "host")).length).toBeGreaterThanOrEqual(before.length + 2);
    expect((await shownEnvironmentOf(stack, "host-backup"))["BACKUP_KEEP"]).toBe("7");
  },
  17: async ({ stack }) => {
    const copy = await restored(stack, "host");
    expect(copy.slice(0, 15)).toBe("SQLite format 3");
    expect(copy).toContain("ws_trial");
    const env = await environmentOf(stack, MANAGER);
    for (const name of ["SECRET_KEY", "JWT_SECRET_KEY", "BOOTSTRAP_ADMIN_PASSWORD"]) {
      expect([name, copy.includes(env[name] ?? "")]).toEqual([name, false]);
    }
  },
  18: (live) =>
    isRefused(live, { "portolan:images": { manager: "latest", workspace: "1.0.0" } }, /latest/),
  19: async ({ stack }) => {
    const wanted = (await shownEnvironmentOf(stack, MANAGER))["WORKSPACE_IMAGE"] ?? "";
    expect(wanted).toBe("mcp-gitfs:1.0.0");
    expect((await docker().getImage(wanted).inspect()).RepoTags).toContain(wanted);
  },
  20: async ({ stack }) => {
    const { NetworkSettings } = await stack.container(MANAGER);
    expect(Object.keys(NetworkSettings.Networks)).toContain("mcpnet");
    expect((await shownEnvironmentOf(stack, MANAGER))["DOCKER_NETWORK"]).toBe("mcpnet");
  },
  21: { notObservable: "the host is given; one in a cloud blocks the address in its own firewall" },
  22: { notObservable: "the host is given, and its address and SSH are its owner's" },
  23: { claim: "from outside" },
  24: {
    notObservable:
      "an alarm fires after minutes; that one does is seen on LatticePolicy, in the drill of backups",
  },
  25: async ({ stack, client }) => {
    const verified = docker().getContainer(stack.hostName("verify-run"));
    expect((await verified.inspect()).State.ExitCode).toBe(0);
    // A manager that runs and does not work is what the checks are for.
    const images = { manager: "1.0.1-never-healthy", workspace: "1.0.0" };
    const sick = await stack.up({
      "portolan:images": { ...STAND_INS, ...images },
    });
    expect(sick.status).not.toBe(0);
    expect(sick.output).toMatch(/verify/);
    succeed(await stack.up());
    expect((await client.ask("api", "/app/api/v1/health")).body).toContain('"status":"healthy"');
  },
  26: {
    notObservable: "production's data is protected by the state; this stack has to go again",
  },
};

/** Images that take the place of foreign ones. */
export const STAND_INS = { router: "0.1.0", "socket-filter": "0.1.0", curl: "0.1.0" };

/** Removes what a manager has made beside the stack. */
export async function removeWorkspaces(): Promise<void> {
  const found = await docker().listContainers({ all: true, filters: { name: ["^/ws_"] } });
  for (const { Id } of found) await docker().getContainer(Id).remove({ force: true });
  const { Volumes } = await docker().listVolumes({ filters: { name: ["^ws_"] } });
  for (const { Name } of Volumes) await docker().getVolume(Name).remove();
}
