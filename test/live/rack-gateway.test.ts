import { RACK_GATEWAY } from "../acceptance/rack-gateway";
import { succeed } from "../support/deployed";
import { hardening } from "./claims/hardening";
import { outside } from "./claims/outside";
import { reach } from "./claims/reach";
import { silence } from "./claims/silence";
import { stores } from "./claims/stores";
import { CONFIG, LIVE } from "./observed/rack-gateway";
import { observed } from "./support/acceptance";
import { Client } from "./support/client";
import { isUnchanged, ranBefore } from "./support/looks";
import { LiveStack } from "./support/live-stack";
import { onEngine } from "./support/when";

const stack = new LiveStack("rack-gateway", 6, CONFIG);
const client = new Client(stack);

onEngine("Rack Gateway (stand-ins) on a Docker engine", () => {
  beforeAll(async () => {
    succeed(await stack.up());
  });
  afterAll(async () => {
    client.close();
    succeed(await stack.run("destroy --yes --skip-preview"));
  });

  test("a second update changes nothing", () => isUnchanged(stack));

  test("the migration had run before the gateway started", () =>
    ranBefore(stack, "migrate", "gateway"));

  const claims = [
    outside(stack, client, {
      pages: { gateway: "/" },
      // The gateway's own: the edge neither adds nor replaces one.
      headers: {
        "Strict-Transport-Security": "max-age=31536000",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Content-Security-Policy":
          "default-src 'self'; script-src 'nonce-c3RhbmQtaW4='; frame-ancestors 'none'",
      },
      blocked: [],
      json: { host: "gateway", path: "/api/v1/rack-proxy/apps", body: { a: "b" }, status: 401 },
    }),
    hardening(stack),
    reach(
      stack,
      [
        ["db", 5432],
        ["anchors", 9000],
        ["gateway", 8080],
        ["tailscale", 9002],
        ["edge", 443],
        ["edge", 8080],
        ["edge", 8443],
      ],
      {
        gateway: ["anchors:9000", "db:5432"],
        tailscale: ["edge:443", "edge:8080", "edge:8443"],
        "db-backup": ["db:5432"],
        edge: ["gateway:8080"],
        "alarms-watch": ["edge:443", "edge:8080", "edge:8443", "gateway:8080"],
      },
      {
        // Nothing between gateway and tailscale: each has a way out of its own.
        gateway: ["edge:443", "edge:8080", "edge:8443"],
        edge: ["tailscale:9002"],
        db: ["gateway:8080"],
        "db-backup": ["gateway:8080"],
        anchors: ["gateway:8080"],
      },
      ["alarms-watch", "edge", "gateway", "tailscale"],
    ),
    stores(stack, {
      database: "db",
      name: "rack_gateway",
      owner: "rack_gateway_admin",
      client: "gateway",
      extensions: [],
    }),
  ];

  silence(client, "gateway", 60);

  observed(RACK_GATEWAY, LIVE, { stack, client }, claims);
});
