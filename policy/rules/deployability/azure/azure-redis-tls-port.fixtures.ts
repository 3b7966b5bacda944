import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const cache = (name: unknown, family: unknown, capacity: unknown, more: object = {}) =>
  resource("azure-native:cache/v20230801:Redis", { sku: { name, family, capacity }, ...more }, "c");
const standard = (more: object = {}) => cache("Standard", "C", 1, more);
const managed = resource("azure-native:redisenterprise:RedisEnterprise", {}, "m");
const database = (props: object) =>
  resource(
    "azure-native:redisenterprise:Database",
    { clusterName: { ref: "m.name" }, ...props },
    "d",
  );
const url = (scheme: string, store: string, end: string) =>
  resource("azure-native:keyvault:Secret", {
    properties: { value: { concat: [`${scheme}://:k@`, { ref: `${store}.hostName` }, end] } },
  });

export const fixtures: Fixtures = {
  good: [
    passes(standard(), url("rediss", "c", ":6380/0")),
    passes(standard({ enableNonSslPort: true }), url("redis", "c", ":6379")),
    passes(managed, database({}), url("rediss", "m", ":10000")),
    passes(managed, database({ clientProtocol: "Plaintext" }), url("redis", "m", ":10000")),
    cache("premium", "p", "2", { subnetId: { ref: "s.id" }, minimumTlsVersion: "1.2" }),
  ],
  bad: [
    violates(standard(), url("redis", "c", ":6379")),
    violates(standard(), url("redis", "c", ":6380")),
    violates(standard(), url("rediss", "c", ":6379")),
    violates(managed, database({}), url("rediss", "m", ":6380")),
    violates(managed, url("redis", "m", ":10000")),
    cache("Standard", "P", 1),
    cache("Premium", "C", 1),
    cache("Premium", "P", 0),
    standard({ subnetId: { ref: "s.id" } }),
    standard({ minimumTlsVersion: "1.0" }),
  ],
  missing: [passes(resource("azure-native:redis:Redis", {}))],
  unknown: [
    cache(unknown, "C", 1),
    waits(standard({ enableNonSslPort: unknown }), url("redis", "c", ":6379")),
    waits(managed, database({ clientProtocol: unknown }), url("redis", "m", ":10000")),
    passes(standard(), url("rediss", "c", "")),
  ],
  wrongType: [passes(cache(5, 5, "big"))],
};
