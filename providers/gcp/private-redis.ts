import * as pulumi from "@pulumi/pulumi";
import { Instance } from "@pulumi/gcp/redis";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  PrivateRedisLinks,
  PrivateRedisOutputs,
  PrivateRedisSpec,
} from "../../components/private-redis";
import { gcp, type NetworkAttachment, type StoreAttachment } from "./attachments";
import { foundation } from "./foundation";
import { labels } from "./labels";
import { stemOf } from "./names";
import { PROFILE } from "./profile";
import { settings } from "./settings";
import { redisGib } from "./sizes";

/** TLS moves Memorystore away from 6379. */
const TLS_PORT = 6378;

const VERSIONS: Readonly<Record<string, string>> = { "6": "REDIS_6_X", "7": "REDIS_7_2" };

interface ResolvedRedis {
  readonly redisVersion: string;
  readonly memoryGib: number;
  readonly highAvailability: boolean;
  readonly eviction: string;
}

const describe: Parity<PrivateRedisSpec> = {
  version:
    "Memorystore for Redis: 6 is REDIS_6_X, 7 is REDIS_7_2. Memorystore for Valkey has no password, only IAM tokens",
  memoryMiB: "rounded up to whole GiB, 1 to 300",
  highAvailability: "tier STANDARD_HA with one replica in a second zone; otherwise BASIC",
  eviction: "maxmemory-policy",
  containerName: "accepted: there are no container names on this target",
};

function resolveRedis(
  spec: PrivateRedisSpec,
  { path, problems, environment }: ResolveContext,
): ResolvedRedis {
  const redisVersion = VERSIONS[spec.version];
  if (!redisVersion) {
    problems.add(
      `${path}.version`,
      `Redis ${spec.version} is not offered by Memorystore; use 6 or 7`,
    );
  }
  const memoryGib = redisGib(spec.memoryMiB);
  if (memoryGib === undefined) {
    problems.add(
      `${path}.memoryMiB`,
      `${spec.memoryMiB} MiB is beyond Memorystore; at most 307200 (300 GiB)`,
    );
  }
  return {
    redisVersion: redisVersion ?? "REDIS_7_2",
    memoryGib: memoryGib ?? 1,
    highAvailability: spec.highAvailability ?? PROFILE[environment.profile].highAvailability,
    eviction: spec.eviction ?? "allkeys-lru",
  };
}

function buildRedis(request: BuildRequest<ResolvedRedis, PrivateRedisLinks>): PrivateRedisOutputs {
  const { name, spec, links, parent, environment } = request;
  const { project, region } = settings();
  const { apis } = foundation(request);
  const network = gcp<NetworkAttachment>(links.network.attachment);
  const instance = new Instance(
    stemOf(name, environment, 40),
    {
      project,
      region,
      tier: spec.highAvailability ? "STANDARD_HA" : "BASIC",
      memorySizeGb: spec.memoryGib,
      ...(spec.highAvailability ? { replicaCount: 1 } : {}),
      redisVersion: spec.redisVersion,
      authorizedNetwork: network.network.id,
      connectMode: "PRIVATE_SERVICE_ACCESS",
      authEnabled: true,
      transitEncryptionMode: "SERVER_AUTHENTICATION",
      redisConfigs: { "maxmemory-policy": spec.eviction },
      maintenancePolicy: {
        weeklyMaintenanceWindows: [{ day: "SUNDAY", startTime: { hours: 3, minutes: 0 } }],
      },
      deletionProtection: environment.protected,
      displayName: `${name} of ${environment.system}, ${environment.stack}`,
      labels: labels(environment, name),
    },
    {
      parent,
      dependsOn: [apis.redis, network.stores],
      customTimeouts: { create: "40m", update: "40m", delete: "40m" },
    },
  );
  const caPem = instance.serverCaCerts.apply((certs) => certs.map(({ cert }) => cert).join("\n"));
  const attachment: StoreAttachment = {
    cloud: "gcp",
    kind: "store",
    address: instance.host,
    caPem,
    metricId: instance.id,
    ready: [instance],
  };
  return {
    host: instance.host,
    port: TLS_PORT,
    password: pulumi.secret(instance.authString),
    caPem,
    endpoint: { name, port: TLS_PORT, attachment },
    attachment,
  };
}

export const privateRedis = builder({
  cloud: "gcp",
  describe,
  resolve: resolveRedis,
  build: buildRedis,
});
