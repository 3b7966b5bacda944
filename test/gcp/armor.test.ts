import * as fc from "fast-check";
import { armorRules } from "../../providers/gcp/armor";
import type { ArmorRule } from "../../providers/gcp/armor-language";

const LAST = 2147483647;
const expressions = (rules: ArmorRule[]): string[] =>
  rules.flatMap(({ match }) => (match.expr ? [match.expr.expression] : []));

test("without wishes everybody is let through by the last rule", () => {
  expect(armorRules({})).toEqual([
    {
      action: "allow",
      priority: LAST,
      description: "Everybody",
      match: { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: ["*"] } },
    },
  ]);
});

test("with an allowlist the last rule refuses, and no rate rule lets others through", () => {
  const rules = armorRules({
    allowedNetworks: ["203.0.113.0/24", "198.51.100.0/24"],
    rateLimits: [
      { pathPrefix: "/", requests: 100, windowSeconds: 60 },
      { pathPrefix: "/auth/", requests: 20, windowSeconds: 60 },
    ],
  });
  const last = rules.at(-1);
  expect([last?.action, last?.priority]).toEqual(["deny(403)", LAST]);
  for (const { match } of rules.slice(0, -1)) {
    expect(JSON.stringify(match)).toContain("203.0.113.0/24");
  }
});

test("a limit on a path is asked before the one on everything", () => {
  const rules = armorRules({
    rateLimits: [
      { pathPrefix: "/", requests: 3000, windowSeconds: 300 },
      { pathPrefix: "/auth/", requests: 300, windowSeconds: 300 },
    ],
  });
  expect(rules.map(({ rateLimitOptions }) => rateLimitOptions?.rateLimitThreshold.count)).toEqual([
    300,
    3000,
    undefined,
  ]);
  expect(rules[0]?.rateLimitOptions?.exceedAction).toBe("deny(429)");
});

test("blocked paths are prefixes or the path itself, whatever their spelling", () => {
  const [first] = expressions(armorRules({ blockedPaths: ["/Internal/*", "/metrics"] }));
  expect(first).toBe(
    "request.path.lower().urlDecode().startsWith('/internal/') || " +
      "request.path.lower().urlDecode() == '/metrics'",
  );
});

test("uninspected prefixes keep the rules without the body", () => {
  const rules = armorRules({
    waf: { managedRules: true, mode: "count", uninspected: ["/api/upload"] },
  });
  const excluding = rules.filter(({ preconfiguredWafConfig }) => preconfiguredWafConfig);
  expect(excluding).toHaveLength(3);
  expect(excluding[0]?.preconfiguredWafConfig?.exclusions[0]?.requestBodies).toEqual([
    { operator: "EQUALS_ANY" },
  ]);
  expect(rules.filter(({ preview }) => preview)).toHaveLength(6);
});

test("a body limit asks for the announced length", () => {
  expect(expressions(armorRules({ maxBodyBytes: 307200 }))[0]).toContain(
    "int(request.headers['content-length']) > 307200",
  );
});

test("priorities are given once, and no rule has more than the service takes", () => {
  const path = fc.stringMatching(/^\/[a-z]{1,8}\/$/);
  const network = fc.ipV4().map((address) => `${address}/32`);
  fc.assert(
    fc.property(
      fc.array(network, { maxLength: 40 }),
      fc.array(path, { maxLength: 12 }),
      fc.array(path, { maxLength: 4 }),
      fc.boolean(),
      (allowedNetworks, blockedPaths, limited, waf) => {
        const rules = armorRules({
          allowedNetworks,
          blockedPaths,
          rateLimits: limited.map((pathPrefix) => ({ pathPrefix, requests: 9, windowSeconds: 60 })),
          ...(waf ? { waf: { managedRules: true, mode: "block" as const } } : {}),
        });
        const priorities = rules.map(({ priority }) => priority);
        expect(new Set(priorities).size).toBe(priorities.length);
        expect(priorities).toContain(LAST);
        for (const { match } of rules) {
          expect((match.config?.srcIpRanges ?? []).length).toBeLessThanOrEqual(10);
          const parts = (match.expr?.expression ?? "").split(/ && | \|\| /);
          expect(parts.length).toBeLessThanOrEqual(5);
        }
      },
    ),
  );
});

test("text cannot leave its quotes", () => {
  const [first] = expressions(armorRules({ blockedPaths: ["/it's\\*"] }));
  expect(first).toContain("'/it\\'s\\\\'");
});
