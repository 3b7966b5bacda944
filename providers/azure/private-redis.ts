import {
  Database,
  listDatabaseKeysOutput,
  RedisEnterprise,
} from "@pulumi/azure-native/redisenterprise";
import * as pulumi from "@pulumi/pulumi";
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
import { azure, type NetworkAttachment, type RedisAttachment } from "./attachments";
import { autoNamed } from "./names";
import { privateEndpoint } from "./private-endpoint";
import { byProfile } from "./profile";
import { settings } from "./settings";
import { redisSku } from "./sizes";
import { tagsOf } from "./tags";

const PORT = 10000;

const EVICTION = {
  "allkeys-lru": "AllKeysLRU",
  "volatile-lru": "VolatileLRU",
  "volatile-ttl": "VolatileTTL",
  noeviction: "NoEviction",
} as const;

interface Resolved {
  readonly sku: string;
  readonly highAvailability: boolean;
  readonly eviction: (typeof EVICTION)[keyof typeof EVICTION];
}

const describe: Parity<PrivateRedisSpec> = {
  version: "Azure Managed Redis, which runs Redis 7.4 for all; other versions are refused",
  memoryMiB: "the smallest balanced size with at least this, 0.5 to 240 GiB",
  highAvailability: "a replica in another zone; off without one",
  eviction: "the database's eviction policy",
  containerName: "accepted: there are no container names on this target",
};

function resolve(
  spec: PrivateRedisSpec,
  { environment, path, problems }: ResolveContext,
): Resolved {
  if (!/^7(\.4)?$/.test(spec.version)) {
    problems.add(`${path}.version`, `"${spec.version}" is not offered; Azure Managed Redis runs 7`);
  }
  const sku = redisSku(spec.memoryMiB);
  if (sku === undefined) {
    problems.add(`${path}.memoryMiB`, `${spec.memoryMiB} MiB is not offered; use at most 245760`);
  }
  return {
    sku: sku ?? "",
    highAvailability: spec.highAvailability ?? byProfile("highAvailability", environment),
    eviction: EVICTION[spec.eviction ?? "allkeys-lru"],
  };
}

function build(request: BuildRequest<Resolved, PrivateRedisLinks>): PrivateRedisOutputs {
  const { name, spec, links, parent, environment } = request;
  const network = azure<NetworkAttachment>(links.network.attachment);
  const cluster = new RedisEnterprise(
    `${autoNamed(name, 54)}-cluster`,
    {
      resourceGroupName: network.group.name,
      location: settings().location,
      sku: { name: spec.sku },
      highAvailability: spec.highAvailability ? "Enabled" : "Disabled",
      minimumTlsVersion: "1.2",
      publicNetworkAccess: "Disabled",
      tags: tagsOf(environment),
    },
    { parent, customTimeouts: { create: "60m", update: "60m", delete: "60m" } },
  );
  const database = new Database(
    `${name}-database`,
    {
      databaseName: "default",
      clusterName: cluster.name,
      resourceGroupName: network.group.name,
      clientProtocol: "Encrypted",
      port: PORT,
      // One endpoint for all shards: the usual clients know nothing of clusters.
      clusteringPolicy: "EnterpriseCluster",
      evictionPolicy: spec.eviction,
      // Off by default; without it only Entra sign-in works, which no plain client speaks.
      accessKeysAuthentication: "Enabled",
    },
    { parent, customTimeouts: { create: "60m" } },
  );
  const ready = privateEndpoint({
    name,
    service: "redis",
    target: cluster.id,
    network,
    environment,
    parent,
  });
  const attachment: RedisAttachment = { cloud: "azure", cluster, ready };
  return {
    host: cluster.hostName,
    port: PORT,
    password: accessKey(network, cluster, database, parent),
    endpoint: { name, port: PORT, attachment },
    attachment,
  };
}

/**
 * The key is Azure's to choose and can only be asked for. The call waits for the database, so it
 * runs in no first preview; in later ones it runs and shows a key that was renewed meanwhile.
 */
function accessKey(
  network: NetworkAttachment,
  cluster: RedisEnterprise,
  database: Database,
  parent: pulumi.ComponentResource,
): pulumi.Output<string> {
  const keys = listDatabaseKeysOutput(
    {
      clusterName: cluster.name,
      databaseName: database.name,
      resourceGroupName: network.group.name,
    },
    { parent, dependsOn: [database] },
  );
  // Of the characters in a key only this one may not stand in the password of a URL.
  return pulumi.secret(keys.primaryKey.apply((key) => key.replaceAll("/", "%2F")));
}

export const privateRedis = builder({ cloud: "azure", describe, resolve, build });
