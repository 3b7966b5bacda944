import type { HttpsEdgeSpec } from "../../components/https-edge";
import { resolveEdge } from "../../providers/gcp/edge-spec";
import { traffic } from "../../providers/gcp/traffic";
import { urlMapArgs } from "../../providers/gcp/url-map";
import { context } from "./context";

const spec: HttpsEdgeSpec = {
  routes: [
    { host: "app.example.com", paths: ["/*"], backend: "ui" },
    { host: "app.example.com", paths: ["/api/*", "/health"], backend: "api" },
    { host: "admin.example.com", paths: ["/admin/*"], backend: "api" },
  ],
  backends: {},
  dns: { kind: "external" },
  headers: { "X-Frame-Options": "DENY" },
  accessLogDays: 30,
};

interface Rule {
  priority: number;
  service: string;
  matchRules: {
    prefixMatch?: string;
    fullPathMatch?: string;
    headerMatches?: { headerName: string; exactMatch: string }[];
  }[];
  routeAction?: { corsPolicy: { allowOrigins: string[] } };
}

interface Matcher {
  name: string;
  routeRules: Rule[];
  defaultRouteAction: { faultInjectionPolicy: { abort: { httpStatus: number } } };
}

function matchers(change: Partial<HttpsEdgeSpec> = {}): Matcher[] {
  const args = urlMapArgs(
    resolveEdge({ ...spec, ...change }, context()),
    { ui: "ui", api: "api" },
    { ui: "ui-candidate", api: "api-candidate" },
  );
  return args.pathMatchers as unknown as Matcher[];
}

/** What the balancer would answer, by the rules in their order. */
function ask(matcher: Matcher | undefined, path: string, candidate?: string): string {
  const rules = [...(matcher?.routeRules ?? [])].sort((a, b) => a.priority - b.priority);
  const found = rules.find(({ matchRules: [match] }) => {
    if (match?.headerMatches && match.headerMatches[0]?.exactMatch !== candidate) return false;
    if (match?.fullPathMatch !== undefined) return path === match.fullPathMatch;
    return path.startsWith(match?.prefixMatch ?? "?");
  });
  return found?.service ?? `${matcher?.defaultRouteAction.faultInjectionPolicy.abort.httpStatus}`;
}

test.each([
  ["/", undefined, "ui"],
  ["/api/quotes", undefined, "api"],
  ["/health", undefined, "api"],
  ["/healthy", undefined, "ui"],
  ["/api/quotes", "api", "api-candidate"],
  ["/api/quotes", "ui", "api"],
  ["/", "ui", "ui-candidate"],
  ["/", "somebody", "ui"],
])("%s with candidate %s goes to %s", (path, candidate, service) => {
  expect(ask(matchers()[0], path, candidate)).toBe(service);
});

test("paths that no route names get 404", () => {
  expect(ask(matchers()[1], "/")).toBe("404");
  expect(ask(matchers()[1], "/admin/users")).toBe("api");
});

test("CORS stands on every rule", () => {
  const cors = {
    origins: ["https://a.example.com"],
    methods: ["GET"],
    headers: [],
    credentials: true,
  };
  const rules = matchers({ cors }).flatMap(({ routeRules }) => routeRules);
  for (const { routeAction } of rules) {
    expect(routeAction?.corsPolicy.allowOrigins).toEqual(cors.origins);
  }
});

test("an update alone gives the newest revision the traffic", () => {
  expect(traffic()).toEqual([
    { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100, tag: "candidate" },
  ]);
});

test("a held revision keeps it, and the newest one can be reached", () => {
  const entries = traffic({ revision: "api-00007-abc", percent: 10 });
  expect(entries.map(({ percent }) => percent)).toEqual([90, 10]);
  expect(entries[0]?.revision).toBe("api-00007-abc");
  expect(entries[1]?.tag).toBe("candidate");
});
