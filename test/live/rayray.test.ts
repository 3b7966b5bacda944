import { RAYRAY } from "../acceptance/rayray";
import { succeed } from "../support/deployed";
import { hardening } from "./claims/hardening";
import { outside } from "./claims/outside";
import { reach } from "./claims/reach";
import { stores } from "./claims/stores";
import { HEADERS, LIVE } from "./observed/rayray";
import { observed } from "./support/acceptance";
import { Client } from "./support/client";
import { isUnchanged } from "./support/looks";
import { LiveStack } from "./support/live-stack";
import { Siem } from "./support/siem";
import { onOwnEngine } from "./support/when";

const siem = new Siem(16514);
const stack = new LiveStack("rayray", 4, {
  "portolan:images": {
    api: "0.1.0",
    // The API's address is compiled into the page, so that it is built for the stack.
    web: {
      version: "0.1.0-live",
      build: {
        context: "test/live/apps",
        dockerfile: "test/live/apps/rayray-web/Dockerfile",
      },
    },
  },
  "portolan:settings": {
    auditArchive: "none",
    siem: { kind: "syslog", address: siem.address, caFile: siem.caFile },
  },
});
const client = new Client(stack);
const live = { stack, client, siem };

onOwnEngine("RayRay (stand-ins) on a Docker engine", () => {
  beforeAll(async () => {
    await siem.start();
    succeed(await stack.up());
  });
  afterAll(async () => {
    client.close();
    succeed(await stack.run("destroy --yes --skip-preview"));
    siem.stop();
  });

  test("a second update changes nothing", () => isUnchanged(stack));

  test("the page was built for the API's address", async () => {
    const { apiUrl } = (await stack.export()).outputs as { apiUrl: string };
    expect((await client.ask("rayray", "/")).body).toContain(apiUrl);
  });

  const claims = [
    outside(stack, client, {
      pages: { api: "/health", rayray: "/" },
      headers: HEADERS,
      blocked: [["api", "/health/llm"]],
      json: { host: "api", path: "/api/stand-in/echo", body: { text: "a text" }, status: 200 },
      maxBodyBytes: 50 * 2 ** 20,
    }),
    hardening(stack),
    reach(
      stack,
      [
        ["db", 5432],
        ["api", 8000],
        ["web", 3000],
        ["edge", 8080],
        ["edge", 8443],
      ],
      {
        api: ["db:5432"],
        "db-backup": ["db:5432"],
        edge: ["api:8000", "web:3000"],
        "alarms-watch": ["api:8000", "edge:8080", "edge:8443", "web:3000"],
      },
      {
        api: ["edge:8080", "edge:8443"],
        web: ["edge:8080", "edge:8443"],
        db: ["api:8000"],
        "db-backup": ["api:8000"],
      },
      ["alarms-watch", "api", "edge"],
    ),
    stores(stack, {
      database: "db",
      name: "rayray",
      owner: "rayray_app",
      client: "api",
      extensions: ["pgcrypto", "uuid-ossp"],
      parameters: {
        ...{ log_connections: "on", log_disconnections: "on", log_statement: "ddl" },
        max_connections: "100",
      },
    }),
  ];

  const numbers = Object.keys(RAYRAY.statements).map(Number);
  observed(
    ...([RAYRAY, LIVE, live, claims] as const),
    numbers.filter((number) => number !== 5),
  );

  test("the API answers 429 first, and the edge only beyond it", async () => {
    const answers: string[] = [];
    for (let sent = 0; sent < 25; sent += 1) {
      const { status, headers } = await client.ask("api", "/api/auth/login", { method: "POST" });
      answers.push(`${status} of ${headers["x-stand-in"] === undefined ? "the edge" : "the API"}`);
    }
    const count = (answer: string) => answers.filter((each) => each === answer).length;
    expect(count("401 of the API")).toBeGreaterThanOrEqual(10);
    expect(count("429 of the API")).toBeGreaterThanOrEqual(1);
    expect(answers.slice(20)).toEqual(Array(5).fill("429 of the edge"));
  });

  describe("with a list of authorised networks", () => {
    beforeAll(async () => {
      succeed(await stack.up({ "portolan:allowedNetworks": ["198.51.100.0/24"] }));
    });

    observed(RAYRAY, LIVE, live, claims, [5]);
  });
});
