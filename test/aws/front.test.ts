import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as http from "node:http";
import * as https from "node:https";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import type { Backend } from "../../components/https-edge";
import { frontOf, type Front, type FrontSpec } from "../../providers/aws/front";
import { HEALTH } from "./support";

const api = (port = 3000): Backend => ({ port, health: HEALTH });

const front = (spec: Partial<FrontSpec>, backend: Backend = api()): Front => {
  const found = frontOf({ backends: { api: backend }, ...spec }, backend);
  if (!found) throw new Error("there is no front");
  return found;
};

describe("the front", () => {
  test("is absent when the load balancer does all", () => {
    const headers = { "X-Frame-Options": "DENY" };
    expect(frontOf({ backends: {}, headers }, api())).toBeUndefined();
  });

  test.each<[string, Partial<FrontSpec>, Backend]>([
    ["a header", { headers: { "Referrer-Policy": "no-referrer" } }, api()],
    ["a backend's own header", {}, { ...api(), headers: { "X-Frame-Options": "DENY" } }],
    ["a limit of the body", { maxBodyBytes: 1024 }, api()],
    ["one address of the client", { forwardedFor: "replace" }, api()],
    ["TLS up to the container", { encryptedBackends: true }, api()],
    ["a peer on the same machine", {}, { ...api(), localProxy: true }],
  ])("is there for %s", (_what, spec, backend) => {
    expect(frontOf({ backends: { api: backend }, ...spec }, backend)).toBeDefined();
  });

  test("does not take the program's port", () => {
    expect(front({ maxBodyBytes: 1 }).port).toBe(8081);
    expect(front({ maxBodyBytes: 1 }, api(8081)).port).toBe(8082);
  });

  test("connects inside the task, or to the entry of a host by its name", () => {
    expect(front({ maxBodyBytes: 1 }).config).toContain('"dial":"127.0.0.1:3000"');
    const host = front({ maxBodyBytes: 1 }, { ...api(), host: true });
    expect(host.config).toContain('"dial":"portolan-entry:3000"');
  });

  test("closes idle connections after the load balancer does", () => {
    expect(front({ maxBodyBytes: 1, idleTimeoutSeconds: 3600 }).config).toContain(
      '"idle_timeout":"3660s"',
    );
  });
});

/** Any Caddy, where somebody has built it: `PORTOLAN_EDGE_BINARY`. */
const CADDY = process.env["PORTOLAN_EDGE_BINARY"];
const whenBuilt = CADDY ? describe : describe.skip;

whenBuilt("the front, running", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "front-"));
  let program: http.Server;
  let seen: http.IncomingHttpHeaders = {};
  const started: ChildProcess[] = [];

  beforeAll(async () => {
    program = http.createServer((request, response) => {
      seen = request.headers;
      response.setHeader("Referrer-Policy", "unsafe-url");
      request.resume().on("end", () => response.end("answer"));
    });
    program.listen(0, "127.0.0.1");
    await once(program, "listening");
  });
  afterAll(() => {
    for (const child of started) child.kill();
    program.close();
    fs.rmSync(folder, { recursive: true });
  });

  /** Starts a front and waits until it answers; the ports are its own. */
  async function run(spec: Partial<FrontSpec>, backend: Partial<Backend> = {}): Promise<Ask> {
    const { port } = program.address() as AddressInfo;
    const made = front(spec, { ...api(port), ...backend });
    const own = await freePort();
    const config = made.config
      .replace(`":${made.port}"`, `"127.0.0.1:${own}"`)
      .replace("/tmp/caddy", folder);
    const child = spawn(CADDY as string, ["run", "--config", "-"], { stdio: ["pipe", 2, 2] });
    started.push(child);
    child.stdin?.end(config);
    const module = spec.encryptedBackends ? https : http;
    const ask: Ask = (options = {}) =>
      new Promise((resolve, reject) => {
        const { body, ...rest } = options;
        const request = module.request(
          { host: "127.0.0.1", port: own, rejectUnauthorized: false, ...rest },
          (response) => response.resume().on("end", () => resolve(response)),
        );
        request.on("error", reject).end(body);
      });
    for (;;) {
      try {
        await ask();
        return ask;
      } catch {
        if (child.exitCode !== null) throw new Error("the front did not start");
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  test("passes on what the load balancer said about the client", async () => {
    const ask = await run({ maxBodyBytes: 1000 });
    await ask({ headers: { "X-Forwarded-For": "6.6.6.6, 1.2.3.4", "X-Forwarded-Proto": "https" } });
    expect(seen["x-forwarded-for"]).toBe("6.6.6.6, 1.2.3.4");
    expect(seen["x-forwarded-proto"]).toBe("https");
  });

  test.each([
    ["6.6.6.6, 1.2.3.4", "1.2.3.4"],
    ["1.2.3.4", "1.2.3.4"],
    [["6.6.6.6", "7.7.7.7,2001:db8::1"], "2001:db8::1"],
  ])("tells the program of %j the client alone", async (sent, passed) => {
    const ask = await run({ forwardedFor: "replace" });
    await ask({ headers: { "X-Forwarded-For": sent } });
    expect(seen["x-forwarded-for"]).toBe(passed);
  });

  test("sends each header once, on its own answers too, and refuses bodies that are too large", async () => {
    const ask = await run({ headers: { "Referrer-Policy": "no-referrer" }, maxBodyBytes: 10 });
    const good = await ask();
    expect(good.headers["referrer-policy"]).toBe("no-referrer");
    const large = await ask({ method: "POST", body: "x".repeat(100) });
    expect(large.statusCode).toBe(413);
    expect(large.headers["referrer-policy"]).toBe("no-referrer");
  });

  test("answers a preflight of an origin it knows, and of no other", async () => {
    const cors = {
      ...{ origins: ["https://a.example"], methods: ["GET", "PUT"] },
      ...{ headers: ["Authorization"], credentials: true },
    };
    const ask = await run({ cors });
    const preflight = (origin: string): Promise<http.IncomingMessage> =>
      ask({
        method: "OPTIONS",
        headers: { Origin: origin, "Access-Control-Request-Method": "PUT" },
      });
    const known = await preflight("https://a.example");
    expect(known.statusCode).toBe(204);
    expect(known.headers).toMatchObject({
      "access-control-allow-origin": "https://a.example",
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "GET, PUT",
    });
    const other = await preflight("https://b.example");
    expect(other.headers).not.toHaveProperty("access-control-allow-origin");
  });

  test.each([{}, { servername: "api.example.com" }])(
    "speaks TLS to whoever asks: %j",
    async (tls) => {
      const ask = await run({ encryptedBackends: true });
      expect((await ask(tls)).statusCode).toBe(200);
    },
  );

  test("is read by Caddy as a whole", () => {
    const cors = {
      origins: ["https://a.example"],
      methods: ["GET"],
      headers: ["A"],
      credentials: true,
    };
    const { config } = front({ cors, encryptedBackends: true, forwardedFor: "replace" });
    const run = spawnSync(CADDY as string, ["validate", "--config", "-"], { input: config });
    expect([run.status, run.stderr.toString()]).toEqual([0, expect.any(String)]);
  });
});

type Ask = (options?: https.RequestOptions & { body?: string }) => Promise<http.IncomingMessage>;

async function freePort(): Promise<number> {
  const server = http.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
