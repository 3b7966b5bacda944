import { mustBeOneOf, mustBeTrue } from "../../lib/check/simple";
import type { Rule } from "../../lib/rule";

const MESSAGE = "the store has no standby in another zone";

export const rule: Rule = {
  id: "database-standby",
  title: "Databases and caches have a standby in another zone",
  severity: "medium",
  category: "backup",
  profile: "strict",
  why: "When the zone fails, a store without a standby is down until it has been restored.",
  fix: {
    aws: "Set multiAz (automaticFailoverEnabled and multiAzEnabled of caches) to true.",
    azure: 'Set highAvailability.mode to "ZoneRedundant".',
    gcp: 'Set settings.availabilityType to "REGIONAL" (tier STANDARD_HA of Redis).',
  },
  controls: { nist: ["CP-7", "SC-36"], cis: ["11.4"] },
  check: {
    "aws:rds/instance:Instance": (resource) =>
      resource.at("replicateSourceDb").present ? [] : mustBeTrue(resource.at("multiAz"), MESSAGE),
    "aws:elasticache/replicationGroup:ReplicationGroup": (resource) =>
      mustBeTrue(resource.at("multiAzEnabled"), MESSAGE),
    "azure-native:dbforpostgresql:Server": (resource) =>
      mustBeOneOf(resource.at("highAvailability.mode"), ["ZoneRedundant", "SameZone"], MESSAGE),
    "gcp:sql/databaseInstance:DatabaseInstance": (resource) =>
      resource.at("masterInstanceName").present
        ? []
        : mustBeOneOf(resource.at("settings.availabilityType"), ["REGIONAL"], MESSAGE),
    "gcp:redis/instance:Instance": (resource) =>
      mustBeOneOf(resource.at("tier"), ["STANDARD_HA"], MESSAGE),
  },
};
