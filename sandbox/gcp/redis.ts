import { rule as peeringFirst } from "../../policy/rules/deployability/gcp/gcp-sql-private-connection-first";
import type { Draft, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { CRYPTO_KEY, named, NETWORK, now } from "./shared";

export const types: Record<string, TypeTable> = {
  "gcp:redis/instance:Instance": {
    name: named(40),
    id: "projects/{project}/locations/{region}/instances/{name}",
    // Absent counts as protected.
    defaults: { tier: "BASIC", connectMode: "DIRECT_PEERING", deletionProtection: true },
    replaceOn: [
      "region",
      "tier",
      "authorizedNetwork",
      "connectMode",
      "customerManagedKey",
      "locationId",
      "reservedIpRange",
      "transitEncryptionMode",
    ],
    references: { authorizedNetwork: NETWORK, customerManagedKey: CRYPTO_KEY },
    secrets: ["authString"],
    outputs: {
      region: "{region}",
      host: ({ digits }: Draft) => `10.40.200.${3 + (Number(digits(2)) % 200)}`,
      port: ({ inputs }: Draft) =>
        inputs.transitEncryptionMode === "SERVER_AUTHENTICATION" ? 6378 : 6379,
      authString: ({ inputs, hex }: Draft) => authString(inputs, hex),
      currentLocationId: "{region}-b",
      locationId: "{region}-b",
      alternativeLocationId: ({ inputs, place }: Draft) =>
        inputs.tier === "STANDARD_HA" ? `${place.region}-c` : "",
      nodes: () => [],
      readEndpoint: "",
      readEndpointPort: 0,
      persistenceIamIdentity: "serviceAccount:service-{number}@cloud-redis.iam.gserviceaccount.com",
      serverCaCerts: ({ inputs, hex }: Draft) =>
        inputs.transitEncryptionMode === "SERVER_AUTHENTICATION"
          ? [
              {
                cert: `-----BEGIN CERTIFICATE-----\nsimulated redis ${hex(32)}\n-----END CERTIFICATE-----`,
              },
            ]
          : [],
      createTime: now,
      redisVersion: "REDIS_7_2",
      effectiveReservedIpRange: "",
      maintenanceSchedules: () => [],
    },
    validate: ({ tier, replicaCount, redisConfigs }) => [
      ...(tier !== "STANDARD_HA" && Number(replicaCount ?? 0) > 0
        ? [{ property: "replicaCount", reason: "must be 0 for the BASIC tier" }]
        : []),
      ...badPolicy(redisConfigs),
    ],
    protection: ({ outputs }) =>
      (plain(outputs) as Plain).deletionProtection === true
        ? "Error: Redis instance cannot be destroyed without setting deletion_protection=false and running `pulumi up`"
        : undefined,
    rules: [peeringFirst],
    seconds: 300,
    missing: "googleapi: Error 404: Resource '{value}' was not found",
  },
};

/** A UUID. */
function authString(inputs: Plain, hex: (length: number) => string): string {
  if (inputs.authEnabled !== true) return "";
  return [8, 4, 4, 4, 12].map(hex).join("-");
}

const POLICIES = [
  "noeviction",
  "allkeys-lru",
  "volatile-lru",
  "allkeys-random",
  "volatile-random",
  "volatile-ttl",
  "allkeys-lfu",
  "volatile-lfu",
];

function badPolicy(configs: Plain): { property: string; reason: string }[] {
  const policy = configs?.["maxmemory-policy"];
  if (typeof policy !== "string" || POLICIES.includes(policy)) return [];
  return [{ property: "redisConfigs", reason: `maxmemory-policy "${policy}" is not known` }];
}
