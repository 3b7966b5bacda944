import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const scheme = (loadBalancingScheme: unknown) => ({ loadBalancingScheme });
const backend = (given: unknown, name = "backend") =>
  resource("gcp:compute/backendService:BackendService", scheme(given), name);
const map = (more: object = {}) =>
  resource("gcp:compute/uRLMap:URLMap", { defaultService: { ref: "backend.id" }, ...more }, "map");
const proxy = resource(
  "gcp:compute/targetHttpsProxy:TargetHttpsProxy",
  { urlMap: { ref: "map.id" } },
  "proxy",
);
const forward = (given: unknown, more: object = {}) =>
  resource("gcp:compute/globalForwardingRule:GlobalForwardingRule", {
    target: { ref: "proxy.id" },
    ...scheme(given),
    ...more,
  });
const address = (addressType: string) =>
  resource("gcp:compute/globalAddress:GlobalAddress", { addressType }, "address");
const at = { ipAddress: { ref: "address.address" } };
const paths = {
  pathMatchers: [{ name: "p", pathRules: [{ paths: ["/api/*"], service: { ref: "api.id" } }] }],
};

export const fixtures: Fixtures = {
  good: [
    passes(backend("EXTERNAL_MANAGED"), map(), proxy, forward("EXTERNAL_MANAGED")),
    passes(backend(undefined), map(), proxy, forward("EXTERNAL", at), address("EXTERNAL")),
  ],
  bad: [
    violates(backend("EXTERNAL_MANAGED"), map(), proxy, forward("EXTERNAL")),
    violates(backend("EXTERNAL_MANAGED"), map(), proxy, forward(undefined)),
    violates(
      backend("EXTERNAL"),
      backend("EXTERNAL_MANAGED", "api"),
      map(paths),
      proxy,
      forward("EXTERNAL"),
    ),
    violates(forward("EXTERNAL", at), address("INTERNAL")),
  ],
  missing: [passes(backend(undefined), map(), proxy, forward(undefined))],
  unknown: [
    waits(backend(unknown), map(), proxy, forward("EXTERNAL")),
    waits(backend("EXTERNAL"), map(), proxy, forward(unknown)),
    passes(forward("EXTERNAL", { target: unknown })),
  ],
  wrongType: [passes(forward(7, { target: 7 }))],
};
