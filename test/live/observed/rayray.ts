import { setTimeout as pause } from "node:timers/promises";
import { textOf } from "../support/helper";
import { docker } from "../support/host";
import type { Live, Observations } from "../support/acceptance";
import { valuesOf } from "../support/client";
import {
  copiesAreSealed,
  environmentOf,
  isRefused,
  ranBefore,
  shownEnvironmentOf,
} from "../support/looks";

/** Headers that the API's hosts have beside those of every answer. */
export const HEADERS = {
  "X-Frame-Options": "DENY",
  "X-Content-Type-Options": "nosniff",
  "X-XSS-Protection": "1; mode=block",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Permissions-Policy": "geolocation=(), microphone=(), camera=()",
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
};
const API_HEADERS = {
  ...HEADERS,
  "Content-Security-Policy": "default-src 'self'",
  "Cache-Control": "no-store, no-cache, must-revalidate",
};

const UPLOADS = "/var/lib/rayray/uploads";

const preflight = ({ client }: Live, origin: string) =>
  client.ask("api", "/api/documents/list", {
    method: "OPTIONS",
    headers: {
      ...{ Origin: origin, "Access-Control-Request-Method": "GET" },
      "Access-Control-Request-Headers": "authorization",
    },
  });

interface Document {
  readonly id: string;
  readonly bytes: number;
  readonly sha256: string;
}

async function upload({ client }: Live): Promise<Document> {
  const headers = { "Content-Type": "application/octet-stream" };
  const body = Buffer.alloc(3 * 2 ** 20, "a document ");
  const sent = await client.ask("api", "/api/documents/upload", { method: "POST", headers, body });
  expect(sent.status).toBe(201);
  return JSON.parse(sent.body) as Document;
}

/** RayRay's acceptance list on a running host. */
export const LIVE: Observations = {
  1: async ({ stack }) => {
    const api = await stack.container("api");
    expect(api.Args.join(" ")).toContain("uvicorn app.main:app --host 0.0.0.0 --port 8000");
    expect(api.Config.User).toBe("1000:1000");
    expect((await stack.container("web")).Config.User).toBe("1001:1001");
  },
  2: {
    notObservable: "the edge asks without a trace; its settings are read on the simulated target",
  },
  3: async ({ stack }) => expect(await stack.log("api")).not.toContain("llm.called"),
  4: { claim: "containers" },
  5: async ({ stack, client }) => {
    expect((await client.ask("api", "/health")).status).toBe(403);
    expect((await client.ask("rayray", "/")).status).toBe(403);
    expect(await stack.running()).not.toEqual([]);
  },
  6: { claim: "from outside" },
  7: { claim: "from outside" },
  8: { claim: "networks" },
  9: { claim: "stores" },
  10: { claim: "stores" },
  11: { claim: "networks" },
  12: { claim: "stores" },
  13: async (live) => {
    // Volumes are as encrypted as the host's disk is; copies are sealed in any case.
    await upload(live);
    await copiesAreSealed(live.stack, "db");
    await copiesAreSealed(live.stack, "uploads");
  },
  14: async ({ stack }) => {
    expect((await environmentOf(stack, "api"))["JWT_SECRET"]).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(await shownEnvironmentOf(stack, "api"))).not.toContain("JWT_SECRET");
  },
  15: { claim: "containers" },
  16: async ({ stack }) =>
    expect(await shownEnvironmentOf(stack, "api")).toMatchObject({
      ...{ DEBUG: "false", ENVIRONMENT: "staging", RATE_LIMIT_ENABLED: "true" },
    }),
  17: (live) =>
    isRefused(
      live,
      {
        "portolan:settings": {
          ...{ apiReplicas: 2, auditArchive: "none" },
          siem: { kind: "syslog", address: "siem.example.com:6514" },
        },
      },
      /portolan:settings.apiReplicas.*redisLimiter/,
    ),
  18: async (live) => {
    const { stack, client } = live;
    const document = await upload(live);
    const { Mounts, Id } = await stack.container("api");
    const mount = Mounts.find(({ Destination }) => Destination === UPLOADS);
    expect([mount?.Type, mount?.Name]).toEqual(["volume", stack.hostName("uploads-files")]);
    // It is still there when the container is another process.
    await docker().getContainer(Id).restart();
    const deadline = Date.now() + 60_000;
    const again = () => client.ask("api", `/api/documents/${document.id}`).catch(() => undefined);
    let read = await again();
    while (read?.status !== 200 && Date.now() < deadline) {
      await pause(500);
      read = await again();
    }
    expect(JSON.parse(read?.body ?? "null")).toEqual(document);
  },
  19: async ({ client }) => {
    for (const path of ["/health", "/api/users/me"]) {
      const answer = await client.ask("api", path);
      for (const [name, value] of Object.entries(API_HEADERS)) {
        expect([path, name, valuesOf(answer, name)]).toEqual([path, name, [value]]);
      }
    }
  },
  20: async (live) => {
    const origin = `https://rayray.${live.stack.domain}`;
    const own = await preflight(live, origin);
    expect(own.status).toBeLessThan(300);
    expect(own.headers).toMatchObject({
      "access-control-allow-origin": origin,
      "access-control-allow-credentials": "true",
    });
    const other = await preflight(live, "https://elsewhere.example.org");
    expect(other.headers["access-control-allow-origin"]).toBeUndefined();
  },
  21: async ({ stack }) => {
    await ranBefore(stack, "migrate", "api");
    const run = docker().getContainer(stack.hostName("migrate-run"));
    const log = textOf(await run.logs({ stdout: true, stderr: true }));
    expect(log.trim().split("\n")).toEqual(Array(2).fill("stand-in: revision 2 of 2"));
  },
  22: (live) => isRefused(live, { "portolan:images": { api: "latest", web: "0.1.0" } }, /latest/),
  23: {
    notObservable:
      "the disk of a host can be rewritten by its root; the lines go to the SIEM, which keeps them",
  },
  24: {
    notObservable:
      "nobody on a host reads containers' logs; the SIEM that they go to has these alarms",
  },
  25: ({ siem }) => {
    for (const source of ["rayray-live4-api", "rayray-live4-migrate", "rayray-live4-db"]) {
      expect(siem?.text).toContain(` ${source} `);
    }
    expect(siem?.text).toContain("document.uploaded");
    return Promise.resolve();
  },
  26: { claim: "networks" },
  27: async ({ stack }) => {
    const { outputs } = await stack.export();
    expect(JSON.stringify(outputs["exceptions"])).toContain("not encrypted");
  },
  28: { notObservable: "about resources of clouds" },
  29: async ({ stack }) => {
    for (const backup of ["db-backup", "uploads-backup"]) {
      expect((await shownEnvironmentOf(stack, backup))["BACKUP_DAYS"]).toBe("7");
    }
  },
};
