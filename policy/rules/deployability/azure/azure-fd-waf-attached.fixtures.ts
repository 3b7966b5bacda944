import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const endpoint = (props: object = {}) => resource("azure-native:cdn:AFDEndpoint", props, "ep");
const domain = resource(
  "azure-native:cdn:AFDCustomDomain",
  { hostName: "a.example.com" },
  "domain",
);
const route = (more: object = {}) =>
  resource(
    "azure-native:cdn:Route",
    { endpointName: { ref: "ep.name" }, customDomains: [{ id: { ref: "domain.id" } }], ...more },
    "route",
  );
const waf = resource("azure-native:frontdoor:Policy", {}, "waf");
const association = (ids: unknown[], patternsToMatch: unknown = ["/*"]) =>
  resource("azure-native:cdn:SecurityPolicy", {
    parameters: {
      wafPolicy: { id: { ref: "waf.id" } },
      associations: [{ domains: ids.map((id) => ({ id })), patternsToMatch }],
    },
  });
const EP = { ref: "ep.id" };

export const fixtures: Fixtures = {
  good: [
    passes(endpoint(), waf, association([EP])),
    passes(endpoint(), domain, route(), waf, association([EP, { ref: "domain.id" }])),
    passes(
      endpoint(),
      domain,
      route({ linkToDefaultDomain: "Disabled" }),
      waf,
      association([{ ref: "domain.id" }]),
    ),
    passes(endpoint()),
  ],
  bad: [
    violates(endpoint(), waf),
    violates(endpoint(), domain, route(), waf, association([EP])),
    violates(endpoint(), waf, association([EP], ["/api/*"])),
    violates(
      endpoint(),
      waf,
      association([{ ref: "other.id" }]),
      resource("azure-native:cdn:AFDEndpoint", {}, "other"),
    ),
  ],
  missing: [violates(endpoint(), waf, resource("azure-native:cdn:SecurityPolicy", {}))],
  unknown: [waits(endpoint(), waf, association([unknown]))],
  wrongType: [
    violates(endpoint(), waf, resource("azure-native:cdn:SecurityPolicy", { parameters: 7 })),
  ],
};
