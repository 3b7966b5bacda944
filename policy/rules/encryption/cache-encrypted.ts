import { mustBeTrue } from "../../lib/check/simple";
import { undecided, violation, type Rule } from "../../lib/rule";

const MESSAGE = "the cache is stored without encryption";

export const rule: Rule = {
  id: "cache-encrypted",
  title: "Caches are encrypted at rest",
  severity: "high",
  category: "encryption-at-rest",
  profile: "baseline",
  why: "Sessions, tokens and cached records lie on the cache's disks and in its snapshots.",
  fix: {
    aws: "Use a ReplicationGroup with atRestEncryptionEnabled true; turning it on later replaces the cache.",
  },
  controls: { nist: ["SC-28", "SC-28(1)"], cis: ["3.11"] },
  check: {
    "aws:elasticache/replicationGroup:ReplicationGroup": (resource) => {
      const engine = resource.at("engine");
      const encrypted = resource.at("atRestEncryptionEnabled");
      // Valkey is encrypted unless told otherwise; a secondary takes the encryption of its global datastore.
      const fallback = engine.isWord("valkey") || resource.at("globalReplicationGroupId").present;
      if (encrypted.absent && engine.unknown) return [undecided(engine)];
      return mustBeTrue(encrypted, MESSAGE, fallback ? "passes" : "violates");
    },
    "aws:elasticache/cluster:Cluster": (resource) => {
      const engine = resource.at("engine");
      if (resource.at("replicationGroupId").present) return [];
      if (engine.unknown) return [undecided(engine)];
      return engine.isWord("redis", "valkey")
        ? [violation(engine, "a single-node Redis cluster cannot be encrypted at rest")]
        : [];
    },
    "aws:dax/cluster:Cluster": (resource) =>
      mustBeTrue(resource.at("serverSideEncryption.enabled"), MESSAGE),
  },
};
