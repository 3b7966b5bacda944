import { ParameterGroup } from "@pulumi/aws/elasticache/parameterGroup";
import { ReplicationGroup } from "@pulumi/aws/elasticache/replicationGroup";
import { SubnetGroup } from "@pulumi/aws/elasticache/subnetGroup";
import { RandomPassword } from "@pulumi/random/randomPassword";
import * as pulumi from "@pulumi/pulumi";
import { attachmentOf } from "../../components/attachment";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  PrivateRedisBuilder,
  PrivateRedisLinks,
  PrivateRedisOutputs,
  PrivateRedisSpec,
} from "../../components/private-redis";
import type { NetworkAttachment, RedisAttachment } from "./attachments";
import { PROFILES } from "./profile";
import { physicalName, scopeOf } from "./scope";
import { securityGroup } from "./security-groups";
import { CACHE_SIZES, storeSize, type StoreSize } from "./sizes";

interface Resolved extends Required<Omit<PrivateRedisSpec, "containerName">> {
  readonly size: StoreSize;
  readonly engine: { readonly version: string; readonly family: string };
}

const PORT = 6379;

/** Valkey speaks the protocol of Redis OSS 7 and is what AWS develops; it costs a fifth less. */
const ENGINES: Readonly<Record<string, Resolved["engine"]>> = {
  "7": { version: "7.2", family: "valkey7" },
  "8": { version: "8.1", family: "valkey8" },
};

const describe: Parity<PrivateRedisSpec> = {
  version: "ElastiCache for Valkey: 7 is 7.2, 8 is 8.1",
  memoryMiB: "smallest Graviton node with at least this",
  highAvailability: "a replica in a second zone, Multi-AZ with automatic failover",
  eviction: "maxmemory-policy in a parameter group",
  containerName: "accepted: there are no container names on this target",
};

function resolve(spec: PrivateRedisSpec, context: ResolveContext): Resolved {
  const { environment, path, problems } = context;
  const engine = ENGINES[spec.version];
  if (!engine) {
    const offered = Object.keys(ENGINES).join(" or ");
    problems.add(
      `${path}.version`,
      `"${spec.version}" is not offered by ElastiCache; use ${offered}`,
    );
  }
  return {
    ...spec,
    highAvailability: spec.highAvailability ?? PROFILES[environment.profile].highAvailability,
    eviction: spec.eviction ?? "allkeys-lru",
    size: storeSize(
      CACHE_SIZES,
      { cpu: 0, memoryMiB: spec.memoryMiB },
      `${path}.memoryMiB`,
      problems,
    ),
    engine: engine ?? { version: "7.2", family: "valkey7" },
  };
}

function build(request: BuildRequest<Resolved, PrivateRedisLinks>): PrivateRedisOutputs {
  const scope = scopeOf(request);
  const { spec, links, name, environment } = request;
  const { child, tags } = scope;
  const network = attachmentOf<NetworkAttachment>(links.network.attachment, "aws");
  const group = securityGroup(scope, network, `Cache ${name}`);
  const subnets = new SubnetGroup(
    `${name}-subnets`,
    { subnetIds: network.isolatedSubnets, description: "Isolated subnets", tags },
    child,
  );
  const parameters = new ParameterGroup(
    `${name}-parameters`,
    {
      family: spec.engine.family,
      description: `Eviction of ${name}`,
      parameters: [{ name: "maxmemory-policy", value: spec.eviction }],
      tags,
    },
    child,
  );
  // AUTH allows few special characters, and the token stands in a URL.
  const token = new RandomPassword(`${name}-token`, { length: 64, special: false }, child).result;
  const replicationGroupId = physicalName(environment, name, 40);
  const count = spec.highAvailability ? 2 : 1;
  const cache = new ReplicationGroup(
    `${name}-cache`,
    {
      replicationGroupId,
      description: `Cache ${name} of ${environment.system}`,
      engine: "valkey",
      engineVersion: spec.engine.version,
      autoMinorVersionUpgrade: true,
      nodeType: spec.size.name,
      port: PORT,
      numCacheClusters: count,
      automaticFailoverEnabled: spec.highAvailability,
      multiAzEnabled: spec.highAvailability,
      subnetGroupName: subnets.name,
      securityGroupIds: [group.id],
      parameterGroupName: parameters.name,
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      authToken: token,
      atRestEncryptionEnabled: true,
      // A cache is no source of truth: nothing in it is worth a snapshot.
      snapshotRetentionLimit: 0,
      maintenanceWindow: "sun:04:30-sun:05:30",
      applyImmediately: PROFILES[environment.profile].applyImmediately,
      tags,
    },
    { ...child, customTimeouts: { create: "60m", update: "60m", delete: "60m" } },
  );
  const nodes = Array.from({ length: count }, (_, index) =>
    cache.id.apply((id) => `${id}-${String(index + 1).padStart(3, "0")}`),
  );
  const attachment: RedisAttachment = { cloud: "aws", group, nodes };
  return {
    host: cache.primaryEndpointAddress,
    port: PORT,
    password: pulumi.secret(token),
    endpoint: { name, port: PORT, attachment },
    attachment,
  };
}

export const privateRedis: PrivateRedisBuilder = builder({
  cloud: "aws",
  describe,
  resolve,
  build,
});
