import type { FunctionRule, TypeTable } from "../lib/table";
import { arm, named } from "./shared";

export const functions: Record<string, FunctionRule> = {
  "azure-native:redis:listRedisKeys": ({ name }) => ({
    primaryKey: Buffer.from(`simulated key of ${name}`).toString("base64"),
    secondaryKey: Buffer.from(`simulated second key of ${name}`).toString("base64"),
  }),
};

export const types: Record<string, TypeTable> = {
  "azure-native:redis:Redis": arm({
    arm: "Microsoft.Cache/redis",
    scope: "global",
    name: named("name", 63),
    replaceOn: ["subnetId", "staticIP", "zones"],
    outputs: {
      hostName: "{name}.redis.cache.windows.net",
      port: 6379,
      sslPort: 6380,
      redisVersion: "6.0",
    },
  }),
};
