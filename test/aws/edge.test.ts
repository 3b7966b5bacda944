import type { Route } from "../../components/https-edge";
import { splitHeaders } from "../../providers/aws/edge-headers";
import { ruleMatches } from "../../providers/aws/edge-rules";
import { wafRules } from "../../providers/aws/edge-waf";
import { HEALTH } from "./support";

const HEADERS = {
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
  "X-Frame-Options": "DENY",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'self'",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
};

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

  test("are left to the fronts where one backend has a value of its own", () => {
    const api = { port: 3000, health: HEALTH, headers: { "content-security-policy": "none" } };
    const { listener, front } = splitHeaders(HEADERS, { api });
    expect(listener).not.toHaveProperty("routingHttpResponseContentSecurityPolicyHeaderValue");
    expect(front["Content-Security-Policy"]).toBe("default-src 'self'");
  });

  test.each([
    ["x-frame-options", "ALLOW-FROM https://a.example"],
    ["x-content-type-options", "other"],
    ["content-security-policy", "x".repeat(1025)],
  ])("%s goes to the front when the listener does not take the value", (header, value) => {
    expect(splitHeaders({ [header]: value })).toEqual({ listener: {}, front: { [header]: value } });
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
