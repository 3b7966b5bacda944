import { mustBeTrue, mustNotBeTrue } from "../../lib/check/simple";
import { violation, type Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "store-auth",
  title: "Caches and registries ask for credentials of their own",
  severity: "high",
  category: "auth",
  profile: "baseline",
  why: "Without a password every process on the network reads sessions and writes what others trust.",
  fix: {
    aws: "Set authToken (or userGroupIds) of the replication group, fine-grained access of search domains.",
    azure:
      "Set adminUserEnabled of the registry to false; leave disableAuthentication of Redis off.",
    gcp: "Set authEnabled to true.",
  },
  controls: { nist: ["IA-2", "AC-3"], cis: ["5.2", "6.8"] },
  check: {
    "aws:elasticache/replicationGroup:ReplicationGroup": (resource) => {
      const given = ["authToken", "authTokenWo", "userGroupIds", "globalReplicationGroupId"].some(
        (path) => {
          const value = resource.at(path);
          return (
            value.unknown ||
            (value.present &&
              value.text !== "" &&
              (!Array.isArray(value.raw) || value.each.length > 0))
          );
        },
      );
      return given ? [] : [violation(resource.at("authToken"), "the cache asks for no password")];
    },
    "aws:memorydb/cluster:Cluster": (resource) =>
      resource.at("aclName").isWord("open-access")
        ? [violation(resource.at("aclName"), "the store asks for no password")]
        : [],
    "azure-native:redis:Redis": (resource) =>
      resource.at("redisConfiguration.authnotrequired").boolean === true
        ? [
            violation(
              resource.at("redisConfiguration.authnotrequired"),
              "the cache asks for no password",
            ),
          ]
        : [],
    "azure-native:containerregistry:Registry": (resource) =>
      mustNotBeTrue(resource.at("adminUserEnabled"), "one shared password opens the registry"),
    "azure:containerservice/registry:Registry": (resource) =>
      mustNotBeTrue(resource.at("adminEnabled"), "one shared password opens the registry"),
    "gcp:redis/instance:Instance": (resource) =>
      mustBeTrue(resource.at("authEnabled"), "the cache asks for no password"),
    "gcp:redis/cluster:Cluster": (resource) =>
      resource.at("authorizationMode").isWord("AUTH_MODE_DISABLED")
        ? [violation(resource.at("authorizationMode"), "the cache asks for no password")]
        : [],
  },
};
