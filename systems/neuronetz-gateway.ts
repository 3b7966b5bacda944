import { z } from "zod";
import type { Cloud, Profile } from "../components/cloud";
import type { HealthCheck } from "../components/container-service";
import type { HttpsEdgeSpec } from "../components/https-edge";
import type { SecretDescription, SystemSpec } from "../components/system";
import { cidr, domain, email, reference } from "../config/fields";
import { image, postgresClient, postgresUrl, redisUrl, refuseUnknownNames } from "./common";
import type { DescribeInput, SystemModule } from "./load";
import { neuronetzAlarms } from "./neuronetz-gateway/alarms";
import { OLLAMA_IMAGE, ollama, PULL_MODEL } from "./neuronetz-gateway/ollama";
import { privateUrl } from "./neuronetz-gateway/private-url";
import { HEADERS, vhostFile } from "./neuronetz-gateway/vhost";

/**
 * neuronetz-gateway: keys, limits and an audit trail in front of an Ollama model server. The rule that
 * never breaks: nobody but the gateway reaches Ollama.
 */
const settings = z.strictObject({
  /** Host of the gateway. Default `api.<domain>`. */
  host: domain.optional(),
  /**
   * `nginx-proxy`: a Docker host whose jwilder proxy and acme-companion run already. `edge`: an
   * edge of this stack, on a Docker host Caddy. Default: nginx-proxy on a Docker host, else edge.
   */
  front: z.enum(["edge", "nginx-proxy"], { error: "is edge or nginx-proxy" }).optional(),
  /** Network of the host's proxy, which the stack joins and never owns, and the proxy's name in it. */
  proxyNetwork: z.string().min(1).default("proxy"),
  proxyName: z.string().min(1).default("nginx-proxy"),
  /** Told by the certificate authority; needed with nginx-proxy. */
  certificateEmail: email.optional(),
  /** An Ollama of one's own, by private address or internal name. Default: one in the stack. */
  ollamaUrl: privateUrl.optional(),
  /** Network that `ollamaUrl` is in; the gateway may connect to it on the URL's port. */
  ollamaNetwork: cidr.optional(),
  ollamaImage: reference.default(OLLAMA_IMAGE),
  model: z.string().min(1).default("llama3.1:8b"),
  /** Processors and memory of Ollama. Default: 4 vCPU and 16 GiB, which a model of 8B wants. */
  ollamaCpu: z.number().min(0.25).max(64).default(4),
  ollamaMemoryMiB: z.number().int().min(512).max(524_288).default(16_384),
  modelStoreGiB: z.number().int().min(10).max(1000).default(50),
  /** Memory of a graphics processor for Ollama, GiB. Default: none, which is slow but runs everywhere. */
  gpuMemoryGiB: z.number().int().min(8).max(80).optional(),
  replicas: z.number().int().min(1).max(10).default(1),
  /** Seconds without a byte that every hop must bear. A cloud that offers less says so. */
  idleTimeoutSeconds: z.number().int().min(60).max(3600).default(660),
  /** `preload` in HSTS is hard to take back. */
  hstsPreload: z.boolean().default(true),
  /** Uid that the gateway's image runs as. */
  uid: z.number().int().min(1, { error: "is root; give the image's user" }).default(10001),
  /** Variables of the gateway that its reference documents, e.g. DEFAULT_RPM. */
  limits: z
    .strictObject({
      DEFAULT_RPM: z.number().int().min(1).default(60),
      DEFAULT_TPM: z.number().int().min(1).default(100_000),
      DEFAULT_CONCURRENT: z.number().int().min(1).default(8),
      MAX_NUM_PREDICT: z.number().int().min(1).default(4096),
      AUTH_FAILURE_RATE_LIMIT_PER_IP_PER_MIN: z.number().int().min(1).default(20),
    })
    .prefault({}),
});

export type NeuronetzSettings = z.infer<typeof settings>;
type Input = DescribeInput<NeuronetzSettings>;

const PROFILE = {
  dev: { memoryMiB: 1024, db: [1, 2048, 20], backupDays: 7 },
  staging: { memoryMiB: 1024, db: [1, 2048, 20], backupDays: 14 },
  prod: { memoryMiB: 2048, db: [2, 4096, 100], backupDays: 30 },
} as const satisfies Record<Profile, unknown>;

/** Running generations may finish where the platform waits so long; elsewhere the edge drains first. */
const STOP_GRACE: Record<Cloud, number> = { docker: 630, azure: 600, aws: 120, gcp: 10 };

/** At most 30 per process: 10 in the pool and 20 beyond it. */
const CONNECTIONS = 30;

const BODY_BYTES = 262_144;

const HEALTH: HealthCheck = {
  path: "/healthz",
  intervalSeconds: 15,
  timeoutSeconds: 5,
  healthyAfter: 2,
  unhealthyAfter: 3,
  startSeconds: 30,
};

function describe(input: Input): SystemSpec {
  const { stack, environment, settings: set } = input;
  const size = PROFILE[environment.profile];
  const isProd = environment.profile === "prod";
  const logDays = stack.logs.days ?? 30;
  const host = set.host ?? `api.${stack.domain}`;
  const bundled = set.ollamaUrl === undefined;
  const front = set.front ?? (stack.cloud === "docker" ? "nginx-proxy" : "edge");
  checkFront(input, front);
  refuseUnknownNames(input, {
    images: ["gateway", "ollama", "postgres-client"],
    secrets: [],
    rotated: [],
  });

  return {
    name: "neuronetz-gateway",
    network: { ...stack.network, flowLogDays: logDays },
    postgres: {
      postgres: {
        version: "16",
        database: "neuronetz",
        owner: "neuronetz",
        client: "postgres-client",
        cpu: size.db[0],
        memoryMiB: size.db[1],
        storageGiB: size.db[2],
        maxStorageGiB: size.db[2] * 4,
        highAvailability: isProd,
        backupDays: size.backupDays,
        customerKey: isProd,
        parameters: { max_connections: `${Math.max(100, CONNECTIONS * set.replicas + 20)}` },
        containerName: "neuronetz-postgres",
        logDays,
      },
    },
    redis: {
      redis: {
        version: "7",
        memoryMiB: 512,
        highAvailability: isProd,
        // Counters without an expiry must survive a full memory.
        eviction: "volatile-ttl",
        containerName: "neuronetz-redis",
      },
    },
    ...(bundled
      ? { files: { models: { sizeGiB: set.modelStoreGiB, uid: OLLAMA_UID, backupDays: 0 } } }
      : {}),
    images: {
      gateway: image(input, "gateway", "neuronetz-gateway"),
      "postgres-client": postgresClient(input),
      ...(bundled
        ? {
            ollama: image(input, "ollama", "ollama", {
              default: { kind: "reference", reference: set.ollamaImage },
            }),
          }
        : {}),
    },
    secrets: secretsOf(),
    jobs: {
      migrate: {
        image: "gateway",
        command: ["alembic", "upgrade", "head"],
        cpu: 0.5,
        memoryMiB: 1024,
        uid: set.uid,
        uses: ["postgres"],
        secrets: { DATABASE_URL: "database-url" },
        timeoutSeconds: 840,
        logDays,
      },
      ...(bundled
        ? {
            "pull-model": {
              ...PULL_MODEL,
              // A bucket as a folder keeps in memory what is being written: the whole model.
              ...(stack.cloud === "gcp" ? { memoryMiB: 16_384 } : {}),
              uid: OLLAMA_UID,
              env: { ...PULL_MODEL.env, MODEL: set.model },
              logDays,
            },
          }
        : {}),
    },
    services: {
      ...(bundled ? { ollama: ollama(set, OLLAMA_UID, logDays) } : {}),
      gateway: {
        image: "gateway",
        port: 8080,
        cpu: 1,
        memoryMiB: size.memoryMiB,
        uid: set.uid,
        uses: ["postgres", "redis", ...(bundled ? ["ollama"] : [])],
        after: ["migrate"],
        health: HEALTH,
        scaling: { min: set.replicas, max: set.replicas },
        stopGraceSeconds: STOP_GRACE[stack.cloud],
        backgroundWork: true,
        ...egressToOllama(input),
        containerName: "neuronetz-gateway",
        env: environmentOf(input, front),
        links: ({ services: { ollama } }) => ({
          OLLAMA_BASE_URL:
            set.ollamaUrl ??
            (ollama ? ollama.host.apply((name) => `http://${name}:${ollama.port}`) : ""),
        }),
        secrets: { DATABASE_URL: "database-url", REDIS_URL: "redis-url" },
        caFileVariable: "SSL_CERT_FILE",
        logDays,
      },
    },
    edge: edgeOf(input, host, front, logDays),
    alarms: neuronetzAlarms(stack.alarms, front === "edge"),
    outputs: {
      url: `https://${host}`,
      ...(front === "nginx-proxy"
        ? { [`vhost.d/${host}`]: vhostFile(set.hstsPreload, set.idleTimeoutSeconds) }
        : {}),
    },
  };
}

/** The way to a model server outside the stack, and no other. */
function egressToOllama({ settings: set, problems }: Input) {
  if (set.ollamaUrl === undefined) return {};
  if (set.ollamaNetwork === undefined) {
    problems.add(
      "portolan:settings.ollamaNetwork",
      "is missing; name the private network of ollamaUrl, e.g. 10.0.0.5/32, so that the way to it is opened",
    );
    return {};
  }
  const port = Number(new URL(set.ollamaUrl).port || 11_434);
  return { egressTo: [{ cidr: set.ollamaNetwork, port }] };
}

const OLLAMA_UID = 10001;

/** One of the two fronts, never both: their ports and their variables would collide. */
function checkFront({ stack, settings: set, problems }: Input, front: string): void {
  if (front !== "nginx-proxy") return;
  if (stack.cloud !== "docker") {
    problems.add(
      "portolan:settings.front",
      `nginx-proxy runs on Docker hosts; on ${stack.cloud} use edge`,
    );
  }
  if (set.certificateEmail === undefined) {
    problems.add(
      "portolan:settings.certificateEmail",
      "is missing; acme-companion gives it to the certificate authority",
    );
  }
}

/** Whose word on a client's address is believed: on a Docker host the front proxy's, by its name. */
function trustedProxies({ stack, settings: set }: Input, front: string): string {
  if (front === "nginx-proxy") return `127.0.0.1,${set.proxyName}`;
  return stack.cloud === "docker" ? "127.0.0.1,edge" : "127.0.0.1";
}

function environmentOf(input: Input, front: string): Record<string, string> {
  const { environment, settings: set } = input;
  return {
    GATEWAY_BIND_HOST: "0.0.0.0",
    GATEWAY_BIND_PORT: "8080",
    GATEWAY_LOG_LEVEL: "INFO",
    GATEWAY_LOG_FORMAT: environment.profile === "dev" ? "console" : "json",
    GATEWAY_REQUEST_ID_HEADER: "X-Request-ID",
    GATEWAY_TRUSTED_PROXIES: trustedProxies(input, front),
    OLLAMA_CONNECT_TIMEOUT_S: "5",
    OLLAMA_READ_TIMEOUT_S: "600",
    OLLAMA_MAX_CONNECTIONS: "64",
    MODEL_DISCOVERY_REFRESH_S: "60",
    MODEL_DISCOVERY_CACHE_TTL_S: "120",
    DATABASE_POOL_SIZE: "10",
    DATABASE_POOL_OVERFLOW: "20",
    REDIS_KEY_CACHE_TTL_S: "60",
    MAX_REQUEST_BODY_BYTES: `${BODY_BYTES}`,
    ARGON2_TIME_COST: "3",
    ARGON2_MEMORY_COST_KIB: "65536",
    ARGON2_PARALLELISM: "4",
    AUDIT_BUFFER_SIZE: "1000",
    PROMPT_LOG_DEFAULT_RETENTION_DAYS: "30",
    AUDIT_LOG_DEFAULT_RETENTION_DAYS: "365",
    ...Object.fromEntries(Object.entries(set.limits).map(([name, value]) => [name, `${value}`])),
  };
}

function secretsOf(): Record<string, SecretDescription> {
  return {
    "database-url": {
      kind: "value",
      // asyncpg spells it `ssl`; it encrypts, and checks no certificate.
      value: ({ postgres: { postgres } }) =>
        postgres ? postgresUrl(postgres, "ssl=require", "postgresql+asyncpg") : "",
    },
    "redis-url": {
      kind: "value",
      value: ({ redis: { redis } }) => (redis ? redisUrl(redis) : ""),
    },
  };
}

function edgeOf(input: Input, host: string, front: string, logDays: number): HttpsEdgeSpec {
  const { stack, settings: set } = input;
  // A cloud's balancers have no address that stays, so that the gateway can trust 127.0.0.1 alone.
  const localProxy = stack.cloud !== "docker";
  const shared: HttpsEdgeSpec = {
    routes: [{ host, paths: ["/*"], backend: "gateway" }],
    backends: {
      gateway: { port: 8080, health: HEALTH, localProxy, drainSeconds: 660 },
    },
    dns: stack.dns,
    accessLogDays: logDays,
  };
  if (front === "nginx-proxy") {
    const existingProxy = { network: set.proxyNetwork, email: set.certificateEmail ?? "" };
    return { ...shared, existingProxy };
  }
  return {
    ...shared,
    headers: HEADERS(set.hstsPreload),
    // A little more than the gateway takes, so that the gateway is the one that answers.
    maxBodyBytes: BODY_BYTES + 45_056,
    idleTimeoutSeconds: set.idleTimeoutSeconds,
    allowedNetworks: stack.allowedNetworks,
    accessLogDays: logDays,
  };
}

export const system: SystemModule<typeof settings> = { settings, describe };
