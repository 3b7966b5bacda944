import * as fc from "fast-check";
import type { HttpsEdgeSpec } from "../../components/https-edge";
import { relativeName } from "../../providers/azure/edge-domains";
import {
  greaterThanPattern,
  pathPattern,
  prefixPattern,
} from "../../providers/azure/edge-patterns";
import { corsRules, headerRules } from "../../providers/azure/edge-rules";
import { groupsOf, needsGateway, resolve } from "../../providers/azure/edge-spec";
import { gatewayRules } from "../../providers/azure/edge-gateway-waf";
import { frontDoorRules } from "../../providers/azure/edge-waf";
import { firewallRules, rateWindow } from "../../providers/azure/firewall-rules";
import { candidateHost, trafficOf } from "../../providers/azure/traffic";
import { configure, context, said, SUBSCRIPTION } from "./context";

const health = {
  path: "/health",
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyAfter: 2,
  unhealthyAfter: 3,
  startSeconds: 30,
};

const zoneId = (subscription: string): string =>
  `/subscriptions/${subscription}/resourceGroups/dns/providers/Microsoft.Network/dnsZones/example.com`;

const spec: HttpsEdgeSpec = {
  routes: [
    { host: "app.example.com", paths: ["/*"], backend: "ui" },
    { host: "app.example.com", paths: ["/api/*", "/health"], backend: "api" },
  ],
  backends: { api: { port: 3000, health }, ui: { port: 80, health } },
  dns: { kind: "zone", zone: "example.com", zoneId: zoneId(SUBSCRIPTION) },
  accessLogDays: 30,
};

beforeEach(() => configure());

test("numbers above the limit match, and no others", () => {
  fc.assert(
    fc.property(fc.nat(2 ** 31), fc.nat(2 ** 31), (limit, length) => {
      const pattern = greaterThanPattern(limit);
      expect(new RegExp(pattern).test(`${length}`)).toBe(length > limit);
      expect(pattern.length).toBeLessThanOrEqual(256);
    }),
  );
});

test("the neighbours of a limit are on either side", () => {
  for (const limit of [0, 9, 10, 99, 255, 262144, 31457280, 1999999999]) {
    const pattern = new RegExp(greaterThanPattern(limit));
    expect([limit - 1, limit, limit + 1].map((length) => pattern.test(`${length}`))).toEqual([
      false,
      false,
      true,
    ]);
  }
});

test.each([
  ["/internal/*", "https://app.example.com/internal/metrics?x=1", true],
  ["/internal/*", "/internal/metrics", true],
  ["/internal/*", "https://app.example.com/public/internal/x", false],
  ["/internal/*", "https://app.example.com/?next=/internal/x", false],
  ["/api/portal*", "/api/portal-admin/1", true],
  ["/health", "/health?verbose", true],
  ["/health", "/healthy", false],
])("the pattern %s on %s: %s", (pattern, uri, matches) => {
  expect(new RegExp(pathPattern(pattern)).test(uri)).toBe(matches);
});

test("a prefix counts requests of its paths only", () => {
  const auth = new RegExp(prefixPattern("/auth/"));
  expect(auth.test("https://api.example.com/auth/login")).toBe(true);
  expect(auth.test("https://api.example.com/x/auth/login")).toBe(false);
  expect(new RegExp(prefixPattern("/")).test("https://api.example.com/anything")).toBe(true);
});

test.each([
  [300, 60, { minutes: 1, requests: 300 }],
  [300, 120, { minutes: 1, requests: 150 }],
  [300, 300, { minutes: 5, requests: 300 }],
  [300, 600, { minutes: 5, requests: 150 }],
  [1, 600, { minutes: 5, requests: 1 }],
])("%d requests in %d s keep their rate", (requests, windowSeconds, window) => {
  expect(rateWindow({ pathPrefix: "/", requests, windowSeconds })).toEqual(window);
});

test("rules ask in order: networks, paths, body, narrow limits, wide limits", () => {
  const planned = firewallRules(
    {
      ...spec,
      allowedNetworks: ["203.0.113.0/24"],
      blockedPaths: ["/internal/*"],
      maxBodyBytes: 1000,
      rateLimits: [
        { pathPrefix: "/", requests: 3000, windowSeconds: 300 },
        { pathPrefix: "/auth/", requests: 300, windowSeconds: 300 },
      ],
    },
    { managedRules: true, mode: "block", uninspected: ["/upload/"] },
  );
  expect(planned.map(({ name }) => name)).toEqual([
    "OtherNetworks",
    "BlockedPaths",
    "BodyTooLarge",
    "Rate1auth",
    "Rate2",
    "Uninspected",
  ]);
  for (const rules of [frontDoorRules(planned), gatewayRules(planned)]) {
    const priorities = rules.map(({ priority }) => Number(priority));
    expect(priorities).toEqual([...priorities].sort((a, b) => a - b));
    expect(new Set(priorities).size).toBe(priorities.length);
    for (const { name } of rules) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9]*$/);
  }
  // A gateway takes the numbers 1 to 100.
  expect(gatewayRules(planned).every(({ priority }) => Number(priority) <= 100)).toBe(true);
});

test("headers are overwritten, five to a rule", () => {
  const headers = Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`X-${n}`, `${n}`]));
  const rules = headerRules(headers);
  expect(rules.map(({ actions }) => actions.length)).toEqual([5, 1]);
  const actions = rules.flatMap(({ actions: each }) => each.map(({ parameters }) => parameters));
  expect(actions).toEqual(
    actions.map((each) => ({ ...(each as object), headerAction: "Overwrite" })),
  );
});

test("an origin is answered with itself, and only when it is listed", () => {
  const [first, second] = corsRules({
    origins: ["https://a.example.com", "https://b.example.com"],
    methods: ["GET", "POST"],
    headers: ["content-type"],
    credentials: true,
  });
  expect(first?.conditions[0]?.parameters).toMatchObject({
    matchValues: ["https://a.example.com"],
  });
  expect(second?.actions[0]?.parameters).toMatchObject({
    headerName: "Access-Control-Allow-Origin",
    value: "https://b.example.com",
  });
  expect(first?.actions.length).toBeLessThanOrEqual(5);
});

test("paths of one host and backend share a route", () => {
  const twice = { host: "app.example.com", paths: ["/auth/*"], backend: "api" };
  expect(groupsOf([...spec.routes, twice])).toEqual([
    { name: "ui-app-example-com", host: "app.example.com", backend: "ui", paths: ["/*"] },
    {
      name: "api-app-example-com",
      host: "app.example.com",
      backend: "api",
      paths: ["/api/*", "/health", "/auth/*"],
    },
  ]);
});

test("a good description has no problems", () => {
  const checked = context();
  resolve(spec, checked);
  expect(said(checked)).toEqual([]);
});

test.each<[Partial<HttpsEdgeSpec>, RegExp]>([
  [
    { routes: [{ host: "app.example.com", paths: ["/*.js"], backend: "ui" }] },
    /^it\.routes: .*wildcard/,
  ],
  [
    { routes: [{ host: "app.other.com", paths: ["/*"], backend: "ui" }] },
    /^it\.dns\.zone: .*not a name/,
  ],
  [
    { dns: { kind: "zone", zone: "example.com", zoneId: "Z123" } },
    /^it\.dns\.zoneId: .*no id of a DNS zone/,
  ],
  [
    { dns: { kind: "zone", zone: "example.com", zoneId: zoneId("other") } },
    /^it\.dns\.zoneId: .*another subscription/,
  ],
  [{ dns: { kind: "external", certificate: "cert" } }, /^it\.dns\.certificate: .*Key Vault secret/],
  [
    { cors: { origins: ["*"], methods: [], headers: [], credentials: false } },
    /^it\.cors\.origins/,
  ],
])("%j is refused", (change, message) => {
  const checked = context();
  resolve({ ...spec, ...change }, checked);
  expect(said(checked)).toEqual([expect.stringMatching(message)]);
});

test("a region without private connections of Front Door is refused", () => {
  configure({ "azure-native:location": "westindia" });
  const checked = context();
  resolve(spec, checked);
  expect(said(checked)).toEqual([expect.stringMatching(/^azure-native:location: .*westindia/)]);
});

test.each([
  ["example.com", "@"],
  ["app.example.com", "app"],
  ["a.b.example.com", "a.b"],
  ["app.other.com", undefined],
])("%s inside example.com", (host, name) => {
  expect(relativeName(host, "example.com")).toBe(name);
});

test("a release keeps the traffic where it is and labels the newest revision", () => {
  expect(trafficOf(undefined).mode).toBe("Single");
  expect(trafficOf({ revision: "api--1", percent: 25 })).toEqual({
    mode: "Multiple",
    weights: [
      { revisionName: "api--1", weight: 75 },
      { latestRevision: true, weight: 25, label: "candidate" },
    ],
  });
  expect(candidateHost("api.kind.westeurope.azurecontainerapps.io")).toBe(
    "api---candidate.kind.westeurope.azurecontainerapps.io",
  );
});

const certificate =
  "/subscriptions/x/resourceGroups/shared/providers/Microsoft.KeyVault/vaults/kv/secrets/tls";

/** An edge that only a gateway can be. */
const patient: HttpsEdgeSpec = {
  ...spec,
  dns: { kind: "external", certificate },
  idleTimeoutSeconds: 660,
};

test("what Front Door cannot do asks for a gateway", () => {
  expect(needsGateway(spec)).toBe(false);
  expect(needsGateway({ ...spec, idleTimeoutSeconds: 240 })).toBe(false);
  expect(needsGateway({ ...spec, idleTimeoutSeconds: 241 })).toBe(true);
  expect(needsGateway({ ...spec, exposure: "private" })).toBe(true);
  expect(needsGateway({ ...spec, forwardedFor: "replace" })).toBe(true);
  const host = { port: 8080, health, host: true };
  expect(needsGateway({ ...spec, backends: { ...spec.backends, host } })).toBe(true);
  const beside = { port: 8080, health, localProxy: true };
  expect(needsGateway({ ...spec, backends: { ...spec.backends, beside } })).toBe(true);
});

test("a gateway has no problem with long silences, in any region", () => {
  configure({ "azure-native:location": "westindia" });
  const checked = context();
  resolve(patient, checked);
  expect(said(checked)).toEqual([]);
});

test.each<[Partial<HttpsEdgeSpec>, RegExp]>([
  [{ idleTimeoutSeconds: 3600 }, /^it\.idleTimeoutSeconds: .*public.*1800 s/],
  [{ exposure: "private" }, /^it\.idleTimeoutSeconds: .*private.*300 s/],
  [{ dns: spec.dns }, /^it\.dns: .*kind external/],
  [{ dns: { kind: "external" } }, /^it\.dns\.certificate: is missing/],
  [{ dns: { kind: "external", certificate: "x" } }, /^it\.dns\.certificate: "x" is no id/],
  [{ waf: { managedRules: true, mode: "count" } }, /^it\.waf\.mode: count/],
  [{ waf: { managedRules: false, mode: "block" } }, /^it\.waf\.managedRules: /],
  [
    { routes: [{ host: "app.example.com", paths: ["/api/*"], backend: "api" }] },
    /^it\.routes: .*app\.example\.com/,
  ],
  [
    {
      backends: { ...spec.backends, api: { port: 80, health, host: true } },
      encryptedBackends: true,
    },
    /^it\.encryptedBackends: .*api/,
  ],
])("a gateway with %j is refused", (change, message) => {
  const checked = context();
  resolve({ ...patient, ...change }, checked);
  expect(said(checked)).toEqual([expect.stringMatching(message)]);
});
