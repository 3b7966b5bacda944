import type { HttpsEdgeSpec, Route } from "../../components/https-edge";
import { splitHeaders } from "../../providers/aws/edge-headers";
import { ruleMatches } from "../../providers/aws/edge-rules";
import { wafRules } from "../../providers/aws/edge-waf";
import { frontOf } from "../../providers/aws/front";

const HEADERS = {
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
  "X-Frame-Options": "DENY",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'self'",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
};

const health = {
  path: "/health",
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyAfter: 2,
  unhealthyAfter: 3,
  startSeconds: 30,
};

const edge = (more: Partial<HttpsEdgeSpec>): HttpsEdgeSpec => ({
  routes: [{ host: "api.example.com", paths: ["/*"], backend: "api" }],
  backends: { api: { port: 3000, health } },
  dns: { kind: "zone", zone: "example.com", zoneId: "Z1" },
  accessLogDays: 30,
  ...more,
});

describe("response headers", () => {
  test("are set by the listener where it knows them, by the front otherwise, never by both", () => {
    const { listener, front } = splitHeaders(HEADERS);
    expect(listener).toEqual({
      routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000; includeSubDomains",
      routingHttpResponseXFrameOptionsHeaderValue: "DENY",
      routingHttpResponseXContentTypeOptionsHeaderValue: "nosniff",
      routingHttpResponseContentSecurityPolicyHeaderValue: "default-src 'self'",
    });
    expect(front).toEqual({ "Referrer-Policy": "no-referrer", "Cache-Control": "no-store" });
    expect(Object.keys(listener).length + Object.keys(front).length).toBe(6);
  });

  test.each([
    ["x-frame-options", "ALLOW-FROM https://a.example"],
    ["x-content-type-options", "other"],
    ["content-security-policy", "x".repeat(1025)],
  ])("%s goes to the front when the listener does not take the value", (header, value) => {
    expect(splitHeaders({ [header]: value })).toEqual({ listener: {}, front: { [header]: value } });
  });
});

describe("the front", () => {
  test("is absent when the load balancer does all", () => {
    expect(frontOf(edge({ headers: { "X-Frame-Options": "DENY" } }), 3000)).toBeUndefined();
  });

  test("does not take the program's port", () => {
    const headers = { "Referrer-Policy": "no-referrer" };
    expect(frontOf(edge({ headers }), 3000)?.port).toBe(8081);
    expect(frontOf(edge({ headers }), 8081)?.port).toBe(8082);
  });

  test("passes on what is known of the client without adding a hop", () => {
    const config = frontOf(edge({ maxBodyBytes: 1024 }), 3000)?.config ?? "";
    expect(config).toContain('"X-Forwarded-For":["{http.request.header.X-Forwarded-For}"]');
    expect(config).toContain('"max_size":1024');
    expect(config).toContain('"dial":"127.0.0.1:3000"');
  });
});

describe("listener rules", () => {
  const routes: Route[] = [
    { host: "app.example.com", paths: ["/*"], backend: "ui" },
    { host: "app.example.com", paths: ["/api/*", "/auth/*", "/health"], backend: "api" },
  ];

  test("ask for special paths before the rest of a host", () => {
    const matches = ruleMatches(routes);
    expect(matches.map(({ backend, paths }) => [backend, paths])).toEqual([
      ["api", ["/api/*", "/auth/*", "/health"]],
      ["ui", []],
    ]);
  });

  test("leave room for the candidate's rule before each", () => {
    const priorities = ruleMatches(routes).flatMap(({ priority }) => [priority - 1, priority]);
    expect(new Set(priorities).size).toBe(4);
    expect(priorities).toEqual([...priorities].sort((a, b) => a - b));
  });

  test("hold at most five values with host and candidate header", () => {
    const paths = ["/a", "/b", "/c", "/d", "/e"];
    const matches = ruleMatches([{ host: "a.example.com", paths, backend: "api" }]);
    expect(matches.map((match) => match.paths.length)).toEqual([3, 2]);
    expect(matches.flatMap((match) => match.paths).sort()).toEqual(paths);
  });

  test("of two domains with a like-named host have different keys", () => {
    const hosts = ["api.example.com", "api.example.org"];
    const matches = ruleMatches(hosts.map((host) => ({ host, paths: ["/*"], backend: "api" })));
    expect(new Set(matches.map(({ key }) => key)).size).toBe(2);
  });

  test("keep their keys when a route is added", () => {
    const keys = ruleMatches(routes).map(({ key }) => key);
    const more = ruleMatches([...routes, { host: "b.example.com", paths: ["/*"], backend: "ui" }]);
    expect(more.map(({ key }) => key)).toEqual(expect.arrayContaining(keys));
  });
});

describe("firewall rules", () => {
  const rules = wafRules({
    blockedPaths: ["/internal/*"],
    rateLimits: [{ pathPrefix: "/auth/", requests: 20, windowSeconds: 60 }],
    waf: { managedRules: true, mode: "count", uninspected: ["/upload/"] },
    accessLogDays: 30,
  });

  test("have one priority each, and blocked paths come first", () => {
    expect(rules.map(({ priority }) => priority)).toEqual(rules.map((_, index) => index));
    expect(rules[0]?.name).toBe("blocked-internal");
    expect(rules[1]?.name).toBe("rate-auth");
  });

  test("managed groups take an override and no action, own rules an action", () => {
    for (const rule of rules) {
      const managed = "managedRuleGroupStatement" in (rule.statement as object);
      expect([rule.name, rule.overrideAction !== undefined]).toEqual([rule.name, managed]);
      expect([rule.name, rule.action !== undefined]).toEqual([rule.name, !managed]);
    }
  });

  test.each([
    ["/internal/*", "/internal/x", true],
    ["/internal/*", "/internals", false],
    ["/a.b", "/axb", false],
    ["/api/portal*", "/api/portal/1", true],
  ])("the pattern %s and the path %s", (pattern, path, matches) => {
    const [rule] = wafRules({ blockedPaths: [pattern], accessLogDays: 30 });
    const { regexMatchStatement } = rule?.statement as unknown as {
      regexMatchStatement: { regexString: string };
    };
    expect(new RegExp(regexMatchStatement.regexString).test(path)).toBe(matches);
  });
});
