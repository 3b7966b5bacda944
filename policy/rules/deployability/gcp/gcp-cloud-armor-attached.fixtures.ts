import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const LAST = { priority: 2147483647, action: "allow", match: { config: { srcIpRanges: ["*"] } } };
const rule = (priority: unknown, more: object = {}) => ({ priority, action: "deny(403)", ...more });
const armor = (rules?: unknown, more: object = {}) =>
  resource("gcp:compute/securityPolicy:SecurityPolicy", { rules, ...more }, "armor");
const backend = (securityPolicy: unknown, loadBalancingScheme: unknown = "EXTERNAL_MANAGED") =>
  resource(
    "gcp:compute/backendService:BackendService",
    { securityPolicy, loadBalancingScheme },
    "backend",
  );
const ARMOR = { ref: "armor.selfLink" };
const used = (rules: unknown) => [armor(rules), backend(ARMOR)];

export const fixtures: Fixtures = {
  good: [
    passes(...used([rule(1000), LAST])),
    passes(...used([rule(1000, { preview: true }), rule(1001), LAST])),
    passes(backend(undefined)),
    passes(
      armor(),
      backend(ARMOR),
      resource(
        "gcp:compute/backendService:BackendService",
        { loadBalancingScheme: "INTERNAL_MANAGED" },
        "inner",
      ),
    ),
  ],
  bad: [
    violates(armor(), backend(undefined)),
    violates(armor()),
    violates(...used([rule(1000)])),
    violates(...used([rule(1000), rule(1000), LAST])),
    violates(...used([rule(1000, { preview: true }), LAST])),
    violates(
      ...used([
        rule(1, {
          match: {
            config: { srcIpRanges: Array.from({ length: 11 }, (_, n) => `10.0.${n}.0/24`) },
          },
        }),
        LAST,
      ]),
    ),
  ],
  missing: [passes(...used(undefined))],
  unknown: [
    waits(...used(unknown)),
    waits(armor(), backend(unknown)),
    waits(
      armor(undefined, { type: "CLOUD_ARMOR" }),
      backend(ARMOR),
      resource(
        "gcp:compute/backendService:BackendService",
        { loadBalancingScheme: unknown },
        "other",
      ),
    ),
  ],
  wrongType: [passes(...used("all"))],
};
