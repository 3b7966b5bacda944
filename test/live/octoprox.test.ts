import { HEADERS, OCTOPROX } from "../acceptance/octoprox";
import { succeed } from "../support/deployed";
import { hardening } from "./claims/hardening";
import { outside } from "./claims/outside";
import { reach } from "./claims/reach";
import { LIVE, removeWorkspaces, STAND_INS } from "./observed/octoprox";
import { observed } from "./support/acceptance";
import { Client } from "./support/client";
import { socketPath } from "./support/host";
import { isUnchanged } from "./support/looks";
import { LiveStack } from "./support/live-stack";
import { onEngine } from "./support/when";

const stack = new LiveStack("octoprox", 5, {
  "portolan:images": { manager: "1.0.0", workspace: "1.0.0", ...STAND_INS },
});
const client = new Client(stack);

onEngine("Octoprox (stand-ins) on a Docker engine", () => {
  beforeAll(async () => {
    succeed(await stack.up());
  });
  afterAll(async () => {
    client.close();
    await removeWorkspaces();
    succeed(await stack.run("destroy --yes --skip-preview"));
  });

  test("a second update changes nothing", () => isUnchanged(stack));

  const claims = [
    outside(stack, client, {
      pages: { api: "/app" },
      headers: HEADERS,
      blocked: [
        ["api", "/internal/users"],
        ["api", "/app/internal/users"],
      ],
      prefix: "/app",
      limit: { host: "api", path: "/api/v1/auth/login", requests: 60, before: 401 },
      json: { host: "api", path: "/app/api/stand-in/echo", body: { text: "a text" }, status: 200 },
    }),
    hardening(stack, { binds: { "socket-proxy": socketPath, "route-reader": socketPath } }),
    reach(
      stack,
      [
        ["socket-proxy", 2375],
        ["route-reader", 2375],
        ["traefik", 8080],
        ["workspace-manager", 8000],
        ["edge", 8080],
        ["edge", 8443],
      ],
      {
        "workspace-manager": ["socket-proxy:2375"],
        traefik: ["route-reader:2375", "workspace-manager:8000"],
        edge: ["traefik:8080"],
        "alarms-watch": ["edge:8080", "edge:8443", "traefik:8080"],
      },
      {
        "socket-proxy": ["workspace-manager:8000"],
        "route-reader": ["traefik:8080"],
        "workspace-manager": ["traefik:8080"],
        traefik: ["edge:8080", "edge:8443"],
      },
      ["alarms-watch", "edge", "traefik", "workspace-manager"],
    ),
  ];

  observed(OCTOPROX, LIVE, { stack, client }, claims);
});
