import net from "node:net";
import os from "node:os";
import type { Observations } from "../support/acceptance";
import { exec } from "../support/helper";
import { docker } from "../support/host";
import type { Config, LiveStack } from "../support/live-stack";
import { copiesAreSealed, environmentOf, isRefused, shownEnvironmentOf } from "../support/looks";

const SECRET = { secure: "v1:AAAAAAAAAAAAAAAA:placeholder" };

/** Settings of a private gateway with everything that the guide offers. */
export const SETTINGS = {
  rackHost: "https://rack.example.net",
  googleClientId: "1234567890-example.apps.googleusercontent.com",
  googleAllowedDomain: "example.com",
  adminUsers: ["ada@example.com", "grace@example.com"],
  level: "maximum",
  idleTimeoutSeconds: 60,
};

export const CONFIG: Config = {
  "portolan:images": { gateway: "0.1.0", tailscale: "0.1.0" },
  "portolan:logs": { days: 90 },
  "portolan:secrets": {
    ...{ "google-client-secret": SECRET, "rack-token": SECRET, "tailscale-auth-key": SECRET },
  },
  "portolan:settings": SETTINGS,
  // A private edge listens on one private address of the host.
  "portolan-docker:bindAddress": "127.0.0.1",
  "portolan-docker:images": { minio: "minio:0.1.0", mc: "minio:0.1.0" },
};

/** Requests to the anchors' store with the gateway's own keys; each gives status and answer. */
async function store(
  stack: LiveStack,
  requests: readonly (readonly [method: string, path: string, options?: object])[],
): Promise<{ status: number; text: string }[]> {
  const { Id } = await stack.container("gateway");
  const script = `
    const { s3Client } = await import("/app/lib/s3.mjs");
    const { readFileSync } = await import("node:fs");
    const env = process.env;
    const ask = s3Client({ endpoint: env.AWS_ENDPOINT_URL_S3, region: env.AWS_REGION,
      key: env.AWS_ACCESS_KEY_ID, secret: env.AWS_SECRET_ACCESS_KEY, ca: readFileSync(env.AWS_CA_BUNDLE) });
    const answers = [];
    for (const [method, path, options] of ${JSON.stringify(requests)}) {
      answers.push(await ask(method, "/" + env.AUDIT_ANCHOR_BUCKET + path, options));
    }
    console.log(JSON.stringify(answers));`;
  const command = ["/portolan/keeper", "run", "node", "--input-type=module", "--eval", script];
  const { code, output } = await exec(docker().getContainer(Id), command);
  if (code !== 0) throw new Error(output);
  return JSON.parse(output) as { status: number; text: string }[];
}

const prod = (config: Config): Config => ({ ...config, "portolan:profile": "prod" });

function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: 2000 });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("connect", () => end(true)).on("error", () => end(false));
    socket.on("timeout", () => end(false));
  });
}

/** Rack Gateway's acceptance list on a running host, at the level "maximum". */
export const LIVE: Observations = {
  1: async ({ stack }) => {
    const components = (await stack.running()).map(({ Name }) => stack.componentOf(Name));
    expect(components.filter((each) => each === "gateway" || each === "db").sort()).toEqual([
      ...["db", "gateway"],
    ]);
  },
  2: async ({ stack }) =>
    expect(await stack.log("db")).toMatch(/starting PostgreSQL (1[4-9]|[2-9]\d)/),
  3: async ({ stack }) => {
    const { HostConfig } = await stack.container("gateway");
    expect(HostConfig.NanoCpus).toBeGreaterThanOrEqual(0.25e9);
    expect(HostConfig.Memory).toBeGreaterThanOrEqual(256 * 2 ** 20);
  },
  4: async ({ stack }) => {
    const { APP_SECRET_KEY = "" } = await environmentOf(stack, "gateway");
    expect(Buffer.from(APP_SECRET_KEY, "base64")).toHaveLength(32);
  },
  5: async ({ stack }) =>
    expect(await environmentOf(stack, "gateway")).toMatchObject({
      DOMAIN: `gateway.${stack.domain}`,
      GOOGLE_CLIENT_ID: SETTINGS.googleClientId,
      GOOGLE_ALLOWED_DOMAIN: SETTINGS.googleAllowedDomain,
      RACK_HOST: SETTINGS.rackHost,
      GOOGLE_CLIENT_SECRET: expect.stringMatching(/./) as string,
      RACK_TOKEN: expect.stringMatching(/./) as string,
      // The gateway's login, not the owner's.
      DATABASE_URL: expect.stringMatching(/^postgresql:\/\/rack_gateway_app:/) as string,
    }),
  6: { claim: "containers" },
  7: async ({ stack, client }) => {
    expect((await client.ask("gateway", "/")).status).toBe(200);
    expect(await client.certificateNames("gateway")).toEqual([`gateway.${stack.domain}`]);
    const { headers } = await client.ask("gateway", "/api/v1/auth/web/login");
    expect(new URL(headers.location ?? "").searchParams.get("redirect_uri")).toBe(
      (await stack.export()).outputs["webCallback"],
    );
  },
  8: async ({ stack }) => {
    expect(await isOpen("127.0.0.1", stack.httpsPort)).toBe(true);
    const others = Object.values(os.networkInterfaces())
      .flatMap((each) => each ?? [])
      .filter(({ family, internal }) => family === "IPv4" && !internal);
    for (const { address } of others) {
      for (const port of [stack.httpPort, stack.httpsPort]) {
        expect([address, port, await isOpen(address, port)]).toEqual([address, port, false]);
      }
    }
  },
  9: async ({ stack }) => {
    const env = await environmentOf(stack, "gateway");
    expect(env).toMatchObject({
      RGW_SETTING_MFA_REQUIRE_ALL_USERS: "true",
      AUDIT_ANCHOR_BUCKET: stack.hostName("anchors"),
      AUDIT_ANCHOR_CHAIN_ID: "default-live6",
      AWS_ENDPOINT_URL_S3: "https://anchors:9000",
    });
    expect(await stack.log("gateway")).toContain("audit anchor written");
  },
  10: async ({ stack }) => {
    // A day: production's 400 would outlive this stack.
    const [lock] = await store(stack, [["GET", "", { query: { "object-lock": "" } }]]);
    expect(JSON.parse(lock?.text ?? "")).toEqual({
      locked: true,
      versioned: true,
      retention: { mode: "COMPLIANCE", days: 1 },
    });
  },
  11: async ({ stack }) => {
    const [put, ...rest] = await store(stack, [
      ["PUT", "/trial/one.json", { body: "{}" }],
      ["GET", "/trial/one.json"],
      ["DELETE", "/trial/one.json"],
    ]);
    expect([put?.status, ...rest.map(({ status }) => status)]).toEqual([200, 200, 403]);
    const versionId = put?.text ?? "";
    const [removed] = await store(stack, [["DELETE", "/trial/one.json", { query: { versionId } }]]);
    expect(removed).toEqual({ status: 403, text: "AccessDenied" });
  },
  12: async ({ stack }) => {
    const until = (days: number, more: object = {}, mode = "COMPLIANCE") => {
      const body = JSON.stringify({ mode, until: Date.now() + days * 86_400_000 });
      return ["PUT", "/trial/two.json", { query: { retention: "" }, body, ...more }] as const;
    };
    const bypass = { headers: { "x-amz-bypass-governance-retention": "true" } };
    const answers = await store(stack, [
      ...[["PUT", "/trial/two.json", { body: "{}" }] as const, until(2), until(0.5)],
      ...[until(0.5, bypass), until(3, bypass, "GOVERNANCE")],
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 403, 403, 403]);
  },
  13: { notObservable: "production's bucket and key are kept; this stack has to go again" },
  14: { claim: "networks" },
  15: async ({ stack }) => {
    await copiesAreSealed(stack, "db");
    const { BACKUP_DAYS } = await shownEnvironmentOf(stack, "db-backup");
    expect(Number(BACKUP_DAYS)).toBeGreaterThanOrEqual(30);
  },
  16: async (live) => {
    expect((await shownEnvironmentOf(live.stack, "gateway"))["LOG_RETENTION_DAYS"]).toBe("90");
    await isRefused(live, prod({ "portolan:logs": {} }), /portolan:logs.days.*is missing/);
  },
  17: async (live) => {
    const { ADMIN_USERS = "" } = await shownEnvironmentOf(live.stack, "gateway");
    expect(ADMIN_USERS.split(",")).toHaveLength(2);
    const one = { "portolan:settings": { ...SETTINGS, adminUsers: ["one@example.com"] } };
    await isRefused(live, prod(one), /portolan:settings.adminUsers.*at least two/);
  },
  18: async ({ stack }) =>
    expect((await shownEnvironmentOf(stack, "gateway"))["DEV_MODE"]).toBe("false"),
  19: async ({ stack, client }) => {
    const { Config: config, State } = await stack.container("gateway");
    expect(config.Healthcheck?.Test).toContain("http://127.0.0.1:8080/api/v1/health");
    expect(State.Health?.Status).toBe("healthy");
    expect((await client.ask("gateway", "/api/v1/health")).status).toBe(200);
  },
  20: (live) =>
    isRefused(
      live,
      { "portolan:images": { gateway: "latest", tailscale: "0.1.0" } },
      /portolan:images.gateway.*latest/,
    ),
  21: async (live) => {
    const { AUDIT_HMAC_SECRET } = await environmentOf(live.stack, "gateway");
    expect(AUDIT_HMAC_SECRET).toMatch(/^[0-9a-f]{64}$/);
    await isRefused(
      live,
      { "portolan:rotations": { "audit-hmac-secret": "second" } },
      /portolan:rotations.audit-hmac-secret.*is not known/,
    );
  },
  22: { claim: "containers" },
  23: {
    notObservable:
      "an alarm fires after minutes; that one does is seen on LatticePolicy, in the drill of backups",
  },
  24: async ({ client }) => {
    const socket = await client.socket("gateway", "/api/v1/rack-proxy/logs");
    try {
      expect(await socket.say("a line of a log")).toBe("a line of a log");
    } finally {
      socket.close();
    }
  },
  25: { claim: "networks" },
};
