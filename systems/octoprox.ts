import { z } from "zod";
import type { HealthCheck } from "../components/container-service";
import type { DockerHostSpec, HostContainer } from "../components/docker-host";
import type { SecretDescription, SystemSpec } from "../components/system";
import { domain, reference, releaseTag } from "../config/fields";
import { fixed, image, refuseUnknownNames, rotating } from "./common";
import type { DescribeInput, SystemModule } from "./load";
import { octoproxAlarms } from "./octoprox/alarms";
import { COPY_DATABASE } from "./octoprox/backup";
import { ROUTER_COMMAND, routerLabels } from "./octoprox/router";
import { SOCKET_FILTER } from "./octoprox/socket-filter";
import { VERIFICATION } from "./octoprox/verification";

/**
 * Octoprox: a manager that makes workspace containers on the Docker engine it runs on. A machine
 * with an engine of its own, therefore, never a serverless platform.
 */
const settings = z.strictObject({
  /** Host of API and UI. Default `api.<domain>`. */
  host: domain.optional(),
  /** First administrator; the password is generated. */
  adminUsername: z
    .string()
    .regex(/^[a-z][a-z0-9._-]{2,31}$/, { error: "is no user name; use 3 to 32 lower-case letters" })
    .default("octoprox-admin"),
  /** Requests per minute and client, in general and on the authentication paths. */
  apiRateLimit: z.number().int().min(10).default(200),
  authRateLimit: z.number().int().min(10).default(60),
  purgeIntervalSeconds: z.number().int().min(30).default(300),
  /** Token introspection for NEXUSGATE. */
  nexusgate: z.boolean().default(false),
  /** Name of the workspace image on the host; the stack's image `workspace` gets it. */
  workspaceTag: releaseTag.default("1.0.0"),
  dataGiB: z.number().int().min(10).max(16_000).default(50),
  routerImage: reference.default("docker.io/library/traefik:v3.1.7"),
  socketFilterImage: reference.default("docker.io/tecnativa/docker-socket-proxy:0.3.0"),
  curlImage: reference.default("docker.io/curlimages/curl:8.16.0"),
});

type Input = DescribeInput<z.infer<typeof settings>>;

/** Workspaces bring most of the load, and nobody limits them: the machine is theirs. */
const SIZE = { dev: [2, 4096], staging: [2, 8192], prod: [4, 16_384] } as const;

const MANAGER_UID = 1000;

const HEALTH: HealthCheck = {
  path: "/api/v1/health",
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyAfter: 2,
  unhealthyAfter: 3,
  startSeconds: 60,
};

function describe(input: Input): SystemSpec {
  const { stack, environment, settings: set } = input;
  const [cpu, memoryMiB] = SIZE[environment.profile];
  const host = set.host ?? `api.${stack.domain}`;
  const logDays = stack.logs.days ?? 90;
  const foreign = (name: string, reference: string) =>
    image(input, name, name, { default: { kind: "reference", reference } });
  refuseUnknownNames(input, {
    images: ["manager", "workspace", "router", "socket-filter", "curl"],
    secrets: [],
    rotated: ["secret-key", "jwt-secret-key", "introspect-secret"],
  });

  return {
    name: "octoprox",
    network: { ...stack.network, flowLogDays: logDays },
    postgres: {},
    redis: {},
    images: {
      manager: image(input, "manager", "octoprox-manager"),
      workspace: image(input, "workspace", "mcp-gitfs"),
      router: foreign("router", set.routerImage),
      "socket-filter": foreign("socket-filter", set.socketFilterImage),
      curl: foreign("curl", set.curlImage),
    },
    secrets: secretsOf(input),
    jobs: {},
    services: {},
    hosts: { host: hostOf(input, { host, cpu, memoryMiB, logDays }) },
    checks: {
      verify: {
        image: "curl",
        command: ["sh", "-euc", VERIFICATION],
        cpu: 0.25,
        memoryMiB: 512,
        uid: 100,
        uses: ["host"],
        links: ({ hosts: { host } }) => ({
          TARGET: host?.host ?? "",
          TARGET_PORT: `${host?.port ?? ""}`,
        }),
        env: { INTROSPECTION: set.nexusgate ? "1" : "0" },
        timeoutSeconds: 840,
        logDays,
      },
    },
    edge: {
      routes: [{ host, paths: ["/*"], backend: "host" }],
      backends: {
        host: { port: 8080, health: HEALTH, webSockets: true },
      },
      dns: stack.dns,
      headers: {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-XSS-Protection": "1; mode=block",
        "Content-Security-Policy": "default-src 'self'",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
      },
      // The manager believes the first entry, and takes callers for internal by it.
      forwardedFor: "replace",
      // Workspaces stream.
      idleTimeoutSeconds: stack.cloud === "azure" ? 1800 : 3600,
      rateLimits: [
        { pathPrefix: "/app/api/v1/auth/", requests: set.authRateLimit, windowSeconds: 60 },
        { pathPrefix: "/api/v1/auth/", requests: set.authRateLimit, windowSeconds: 60 },
      ],
      blockedPaths: ["/internal/*", "/app/internal/*"],
      allowedNetworks: stack.allowedNetworks,
      accessLogDays: logDays,
    },
    alarms: octoproxAlarms(stack.alarms),
    outputs: { url: `https://${host}/app`, adminUsername: set.adminUsername },
  };
}

interface HostSize {
  readonly host: string;
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly logDays: number;
}

/** Four containers, and three networks that keep the engine's socket from everybody but the filters. */
function hostOf(input: Input, { host, cpu, memoryMiB, logDays }: HostSize): DockerHostSpec {
  const { settings: set } = input;
  return {
    cpu,
    memoryMiB,
    dataGiB: set.dataGiB,
    networks: {
      mcpnet: {},
      "octoprox-socket": { internal: true },
      "octoprox-routes": { internal: true },
    },
    volumes: ["octoprox_manager-data"],
    preload: { workspace: `mcp-gitfs:${set.workspaceTag}` },
    containers: {
      "socket-proxy": {
        ...SOCKET_FILTER,
        networks: ["octoprox-socket"],
        env: {
          CONTAINERS: "1",
          NETWORKS: "1",
          IMAGES: "1",
          VOLUMES: "1",
          POST: "1",
          ALLOW_START: "1",
          ALLOW_STOP: "1",
        },
      },
      "route-reader": {
        ...SOCKET_FILTER,
        networks: ["octoprox-routes"],
        env: { CONTAINERS: "1", POST: "0" },
      },
      traefik: {
        image: "router",
        command: ROUTER_COMMAND,
        uid: 65532,
        cpu: 0.5,
        memoryMiB: 256,
        networks: ["mcpnet", "octoprox-routes"],
        after: ["route-reader"],
      },
      "workspace-manager": managerOf(input, host),
    },
    entry: { container: "traefik", port: 8080, health: HEALTH },
    backup: {
      image: "manager",
      command: COPY_DATABASE,
      uid: MANAGER_UID,
      volumes: { "/app/data": "octoprox_manager-data" },
      keep: 7,
    },
    egress: "https",
    logDays,
  };
}

function managerOf({ settings: set }: Input, host: string): HostContainer {
  return {
    image: "manager",
    uid: MANAGER_UID,
    cpu: 1,
    memoryMiB: 512,
    networks: ["mcpnet", "octoprox-socket"],
    volumes: { "/app/data": "octoprox_manager-data" },
    env: {
      BOOTSTRAP_ADMIN_USERNAME: set.adminUsername,
      PUBLIC_BASE_URL: `https://${host}`,
      DATABASE_URL: "sqlite:///./data/manager.db",
      JWT_ALGORITHM: "HS256",
      JWT_ACCESS_TOKEN_EXPIRE_MINUTES: "15",
      NEXUSGATE_INTEGRATION_ENABLED: `${set.nexusgate}`,
      API_RATE_LIMIT: `${set.apiRateLimit}`,
      AUTH_RATE_LIMIT: `${set.authRateLimit}`,
      PURGE_INTERVAL_SECONDS: `${set.purgeIntervalSeconds}`,
      WORKSPACE_IMAGE: `mcp-gitfs:${set.workspaceTag}`,
      DOCKER_NETWORK: "mcpnet",
      DOCKER_HOST: "tcp://socket-proxy:2375",
      ENFORCE_HTTPS: "true",
      // Limits are counted per process, and SQLite wants one writer.
      WEB_CONCURRENCY: "1",
    },
    secrets: {
      SECRET_KEY: "secret-key",
      JWT_SECRET_KEY: "jwt-secret-key",
      BOOTSTRAP_ADMIN_PASSWORD: "bootstrap-admin-password",
      ...(set.nexusgate ? { INTROSPECT_SECRET: "introspect-secret" } : {}),
    },
    labels: routerLabels(set),
    health: { ...HEALTH, path: "/health", port: 8000 },
    after: ["socket-proxy"],
    stopGraceSeconds: 30,
  };
}

function secretsOf(input: Input): Record<string, SecretDescription> {
  return {
    "secret-key": rotating(input, "secret-key", { bytes: 32, encoding: "base64" }),
    "jwt-secret-key": rotating(input, "jwt-secret-key", { bytes: 64, encoding: "base64" }),
    "bootstrap-admin-password": fixed(
      "it is read only while there is no administrator; change the administrator's password in Octoprox itself",
      { bytes: 24, encoding: "base64" },
    ),
    ...(input.settings.nexusgate
      ? {
          "introspect-secret": rotating(input, "introspect-secret", {
            bytes: 32,
            encoding: "base64",
          }),
        }
      : {}),
  };
}

export const system: SystemModule<typeof settings> = { settings, describe };
