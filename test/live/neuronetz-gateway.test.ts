import { setTimeout as pause } from "node:timers/promises";
import { NEURONETZ_GATEWAY } from "../acceptance/neuronetz-gateway";
import { succeed } from "../support/deployed";
import { hardening } from "./claims/hardening";
import { outside } from "./claims/outside";
import { reach } from "./claims/reach";
import { silence } from "./claims/silence";
import { stores } from "./claims/stores";
import { LIVE } from "./observed/neuronetz-gateway";
import { observed } from "./support/acceptance";
import { Client } from "./support/client";
import { docker } from "./support/host";
import { HostProxy } from "./support/host-proxy";
import { isUnchanged } from "./support/looks";
import { LiveStack } from "./support/live-stack";
import { onEngine } from "./support/when";

// A model of 8B wants four processors; a made-up one does not.
const OLLAMA = { ollamaCpu: 1, ollamaMemoryMiB: 1024 };
const BEHIND_PROXY = {
  "portolan:settings": { ...OLLAMA, front: "nginx-proxy", certificateEmail: "ops@example.com" },
};
const WITH_EDGE = {
  "portolan:settings": { ...OLLAMA, front: "edge", idleTimeoutSeconds: 60 },
};

const stack = new LiveStack("neuronetz-gateway", 3, {
  "portolan:images": { gateway: "0.1.0", ollama: "0.1.0" },
});
const client = new Client(stack);
const live = { stack, client };
const proxy = new HostProxy({
  [`api.${stack.domain}`]: { host: "neuronetz-gateway", port: 8080 },
});

onEngine("neuronetz-gateway (stand-ins) on a Docker engine", () => {
  beforeAll(() => proxy.start());
  afterAll(async () => {
    client.close();
    succeed(await stack.run("destroy --yes --skip-preview"));
    // What the host had before is still there.
    await proxy.stop();
  });

  describe("behind the host's nginx-proxy", () => {
    beforeAll(async () => {
      succeed(await stack.up(BEHIND_PROXY));
    });

    const claims = [hardening(stack, { edge: false })];

    test("the host's proxy reaches the gateway, which sees the client's address", async () => {
      const { status, seen } = await proxy.ask(`api.${stack.domain}`, "/v1/chat/completions");
      expect(status).toBe(401);
      expect(await stack.log("neuronetz-gateway")).toContain(`"client":"${seen}"`);
    });

    observed(NEURONETZ_GATEWAY, LIVE, live, claims, [1, 4, 5, 6, 7]);
  });

  describe("with an edge of its own", () => {
    beforeAll(async () => {
      succeed(await stack.up(WITH_EDGE));
    });

    test("a second update changes nothing", () => isUnchanged(stack, WITH_EDGE));

    const claims = [
      outside(stack, client, {
        pages: { api: "/healthz" },
        headers: {
          "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
          "X-Content-Type-Options": "nosniff",
          "X-Frame-Options": "DENY",
          "Referrer-Policy": "no-referrer",
        },
        blocked: [],
        json: { host: "api", path: "/v1/chat/completions", body: {}, status: 401 },
        maxBodyBytes: 300 * 1024,
      }),
      hardening(stack),
      reach(
        stack,
        [
          ["neuronetz-postgres", 5432],
          ["neuronetz-redis", 6379],
          ["neuronetz-ollama", 11434],
          ["neuronetz-gateway", 8080],
          ["edge", 8080],
          ["edge", 8443],
        ],
        {
          "neuronetz-gateway": [
            "neuronetz-ollama:11434",
            "neuronetz-postgres:5432",
            "neuronetz-redis:6379",
          ],
          "postgres-backup": ["neuronetz-postgres:5432"],
          edge: ["neuronetz-gateway:8080"],
          "alarms-watch": ["edge:8080", "edge:8443", "neuronetz-gateway:8080"],
        },
        {
          "neuronetz-gateway": ["edge:8080", "edge:8443"],
          ...Object.fromEntries(
            ["neuronetz-postgres", "neuronetz-redis", "neuronetz-ollama", "postgres-backup"].map(
              (name) => [name, ["neuronetz-gateway:8080"]],
            ),
          ),
        },
        ["alarms-watch", "edge"],
      ),
      stores(stack, {
        database: "postgres",
        name: "neuronetz",
        owner: "neuronetz",
        client: "neuronetz-gateway",
        extensions: [],
        parameters: { max_connections: "100" },
        cache: "redis",
        eviction: "volatile-ttl",
      }),
    ];

    silence(client, "api", 60);

    observed(NEURONETZ_GATEWAY, LIVE, live, claims, [
      ...[2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25],
    ]);

    test("a gateway that was stopped is reached again once it is started", async () => {
      const { Id } = await stack.container("neuronetz-gateway");
      await docker().getContainer(Id).restart();
      const answer = (): Promise<number> =>
        client.ask("api", "/healthz").then(
          ({ status }) => status,
          () => 0,
        );
      const deadline = Date.now() + 90_000;
      while ((await answer()) !== 200 && Date.now() < deadline) await pause(500);
      expect(await answer()).toBe(200);
    });
  });
});
