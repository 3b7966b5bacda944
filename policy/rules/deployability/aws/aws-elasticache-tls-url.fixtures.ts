import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const cache = (props: object) =>
  resource("aws:elasticache/replicationGroup:ReplicationGroup", props, "cache");
const tls = { transitEncryptionEnabled: true };
const url = (scheme: string, output = "primaryEndpointAddress") => ({
  concat: [scheme, { ref: `cache.${output}` }, ":6379"],
});
const withToken = {
  concat: [
    "rediss://:",
    { ref: "t.result" },
    "@",
    { ref: "cache.primaryEndpointAddress" },
    ":6379",
  ],
};
const version = (secretString: unknown) =>
  resource("aws:secretsmanager/secretVersion:SecretVersion", { secretId: "s", secretString }, "v");
const task = (...environment: object[]) =>
  resource("aws:ecs/taskDefinition:TaskDefinition", {
    containerDefinitions: { json: [{ name: "web", environment }] },
  });

export const fixtures: Fixtures = {
  good: [
    passes(cache(tls), version(url("rediss://"))),
    passes(cache({}), version(url("redis://"))),
    passes(cache({ ...tls, transitEncryptionMode: "preferred" }), version(url("redis://"))),
    passes(cache({ ...tls, authToken: { ref: "t.result" } }), version(withToken)),
    passes(
      cache({ ...tls, authToken: { ref: "t.result" } }),
      task({ name: "URL", value: url("rediss://") }, { name: "REDIS_PASSWORD", value: "x" }),
    ),
    passes(cache(tls), task({ name: "HOST", value: { ref: "cache.primaryEndpointAddress" } })),
  ],
  bad: [
    violates(cache(tls), version(url("redis://"))),
    violates(
      cache(tls),
      task({ name: "URL", value: url("redis://", "configurationEndpointAddress") }),
    ),
    violates(cache(tls), version({ json: { url: url("redis://") } })),
    violates(cache({ transitEncryptionEnabled: false }), version(url("rediss://"))),
    violates(cache({ ...tls, authToken: { ref: "t.result" } }), version(url("rediss://"))),
    violates(
      { ...cache(tls), outputs: { primaryEndpointAddress: "master.cache.x" } },
      version("redis://master.cache.x:6379"),
    ),
  ],
  missing: [passes(cache(tls), version(undefined)), violates(cache({}), version(url("rediss://")))],
  unknown: [
    waits(cache({ transitEncryptionEnabled: unknown }), version(url("redis://"))),
    passes(cache(tls), version(unknown)),
  ],
  wrongType: [
    passes(cache(tls), version(7)),
    passes(cache({ transitEncryptionEnabled: [] }), version(url("redis://"))),
  ],
};
