import { LATTICE_POLICY } from "../acceptance/lattice-policy";
import { succeed } from "../support/deployed";
import { hardening } from "./claims/hardening";
import { outside } from "./claims/outside";
import { reach } from "./claims/reach";
import { silence } from "./claims/silence";
import { stores } from "./claims/stores";
import { LIVE } from "./observed/lattice-policy";
import { observed } from "./support/acceptance";
import { Client } from "./support/client";
import { isUnchanged } from "./support/looks";
import { onEngine } from "./support/when";
import { latticePolicyImages } from "./support/lattice-policy";
import { LiveStack } from "./support/live-stack";

const stack = new LiveStack("lattice-policy", 1, latticePolicyImages("0.1.0"));
const client = new Client(stack);

onEngine("LatticePolicy (stand-ins) on a Docker engine", () => {
  beforeAll(async () => {
    succeed(await stack.up());
  });
  afterAll(async () => {
    client.close();
    succeed(await stack.run("destroy --yes --skip-preview"));
  });

  test("the API reaches both stores", async () => {
    const health = await client.ask("api", "/health");
    expect(JSON.parse(health.body)).toEqual({ db: "up", cache: "up" });
  });

  test("a second update changes nothing", () => isUnchanged(stack));

  const claims = [
    outside(stack, client, {
      pages: { api: "/health", app: "/" },
      headers: {
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
      },
      blocked: [
        ["api", "/api/portal"],
        ["api", "/api/portal/policies"],
      ],
      limit: { host: "api", path: "/auth/login", requests: 300, before: 401 },
      json: {
        host: "api",
        path: "/api/policies",
        body: { holder: "A. Holder", premium: 12.5 },
        status: 201,
      },
    }),
    hardening(stack),
    reach(
      stack,
      [
        ["db", 5432],
        ["cache", 6379],
        ["api", 3000],
        ["ui", 80],
        ["edge", 8080],
        ["edge", 8443],
      ],
      {
        api: ["cache:6379", "db:5432"],
        "db-backup": ["db:5432"],
        edge: ["api:3000", "ui:80"],
        "alarms-watch": ["api:3000", "edge:8080", "edge:8443", "ui:80"],
      },
      {
        api: ["edge:8080", "edge:8443"],
        ui: ["edge:8080", "edge:8443"],
        db: ["api:3000"],
        "db-backup": ["api:3000"],
        cache: ["api:3000"],
      },
      ["alarms-watch", "edge"],
    ),
    stores(stack, {
      database: "db",
      name: "lattice_policy",
      owner: "lattice_policy",
      client: "api",
      extensions: ["uuid-ossp"],
      cache: "cache",
      eviction: "allkeys-lru",
    }),
  ];

  silence(client, "api", 60);

  observed(LATTICE_POLICY, LIVE, { stack, client }, claims);
});
