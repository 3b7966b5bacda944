import { execFileSync } from "node:child_process";
import type { HttpsEdgeSpec } from "../../components/https-edge";
import { builders } from "../../providers/gcp";
import { callAddress } from "../../providers/gcp/calls";
import { resolveEdge } from "../../providers/gcp/edge-spec";
import { caddy, needsFront } from "../../providers/gcp/front";
import { setupScript } from "../../providers/gcp/host-setup";
import { machineType } from "../../providers/gcp/sizes";
import { urlMapArgs } from "../../providers/gcp/url-map";
import { context, said } from "./context";

const health = {
  ...{ path: "/", intervalSeconds: 30, timeoutSeconds: 5, healthyAfter: 2 },
  ...{ unhealthyAfter: 3, startSeconds: 0 },
};

const edge: HttpsEdgeSpec = {
  routes: [
    { host: "api.example.com", paths: ["/*"], backend: "api" },
    { host: "app.example.com", paths: ["/*"], backend: "web" },
  ],
  backends: {
    api: { port: 80, health, headers: { "cache-control": "no-store" } },
    web: { port: 80, health },
  },
  dns: { kind: "zone", zoneId: "zone", zone: "example.com" },
  headers: { "X-Frame-Options": "DENY", "Cache-Control": "public" },
  accessLogDays: 30,
};

test("a backend's header takes the place of the edge's, and each is set once", () => {
  const { headerAction, pathMatchers } = urlMapArgs(
    resolveEdge(edge, context()),
    { api: "api-id", web: "web-id" },
    {},
  ) as unknown as {
    headerAction: unknown;
    pathMatchers: { routeRules: { headerAction: unknown }[] }[];
  };
  const sets = (headerName: string, headerValue: string) => ({
    responseHeadersToAdds: [{ headerName, headerValue, replace: true }],
  });
  expect(headerAction).toEqual(sets("X-Frame-Options", "DENY"));
  expect(pathMatchers.map(({ routeRules }) => routeRules[0]?.headerAction)).toEqual([
    sets("cache-control", "no-store"),
    sets("Cache-Control", "public"),
  ]);
});

test.each([
  [{ blockedPaths: ["/internal/*"] }, "it.blockedPaths: is Cloud Armor's to do"],
  [{ allowedNetworks: ["192.0.2.0/24"] }, "it.allowedNetworks: is Cloud Armor's to do"],
  [{ forwardedFor: "replace" as const }, "it.forwardedFor: replace is not offered"],
  [
    { backends: { host: { port: 80, health, host: true } } },
    "it.backends.host: is a Docker host or has a localProxy",
  ],
  [{ dns: { kind: "external" as const } }, "it.dns.certificate: is missing"],
])("a private edge with %j is refused", (change, message) => {
  const at = context();
  resolveEdge({ ...edge, exposure: "private", ...change }, at);
  expect(said(at).join("\n")).toContain(message);
});

test("a private edge of the usual kind is taken, and has no firewall", () => {
  const at = context();
  expect(resolveEdge({ ...edge, exposure: "private" }, at).isPrivate).toBe(true);
  expect(said(at)).toEqual([]);
});

test("an archive for workloads is refused", () => {
  const at = context();
  const spec = { retentionDays: 1, mode: "compliance" as const, accessLogDays: 30 };
  builders.wormArchive.check({ ...spec, writers: "workloads" }, at);
  builders.wormArchive.check({ ...spec, writers: "logs" }, at);
  expect(said(at)).toHaveLength(1);
  expect(said(at)[0]).toMatch(/^it.writers: workloads is not supported on gcp: .*S3 API/);
});

test.each(["splunk", "sentinel", "syslog"])("a SIEM of kind %s is refused", (kind) => {
  const at = context();
  const siem = { kind, url: "https://siem.example.com", token: "t", address: "siem:1" } as never;
  builders.logArchive.check({ sources: ["api"], siem }, at);
  expect(said(at)[0]).toMatch(new RegExp(`^it.siem: ${kind} is not supported on gcp: `));
});

test("only who asks for it gets a proxy, which tells the client's address alone", () => {
  expect(needsFront(edge)).toEqual([]);
  expect(needsFront({ ...edge, forwardedFor: "replace" })).toEqual(["api", "web"]);
  const local = { api: { port: 80, health, localProxy: true } };
  expect(needsFront({ ...edge, backends: local })).toEqual(["api"]);
  expect(JSON.stringify(caddy(8081, { port: 80, health }, 60))).toContain(
    '"X-Forwarded-For":["{http.request.header.X-Portolan-Client}"]',
  );
});

test("each called service has a loopback address of its own, always the same", () => {
  expect(callAddress("ollama")).toMatch(/^127\.\d+\.\d+\.\d+$/);
  expect(callAddress("ollama")).toBe(callAddress("ollama"));
  expect(callAddress("ollama")).not.toBe(callAddress("other"));
});

test("the smallest machine that is enough", () => {
  expect(machineType(2, 4096)).toBe("e2-standard-2");
  expect(machineType(2, 16_384)).toBe("e2-highmem-2");
  expect(machineType(3, 8192)).toBe("e2-standard-4");
  expect(machineType(64, 8192)).toBeUndefined();
});

test("the first boot is a script that a shell can read", () => {
  execFileSync("bash", ["-n"], { input: setupScript() });
});
