import { z } from "zod";
import type { Profile } from "../components/cloud";
import type { HealthCheck } from "../components/container-service";
import type { HttpsEdgeSpec } from "../components/https-edge";
import type { SecretDescription, SystemSpec } from "../components/system";
import { domain, httpsUrl } from "../config/fields";
import {
  image,
  operatorSecret,
  postgresClient,
  postgresUrl,
  redisUrl,
  refuseUnknownNames,
  fixed,
  rotating,
} from "./common";
import { latticePolicyAlarms } from "./lattice-policy/alarms";
import { MIGRATION } from "./lattice-policy/migration";
import type { DescribeInput, SystemModule } from "./load";

/** LatticePolicy: insurance policy administration. A browser app, an API, PostgreSQL, a cache. */
const settings = z.strictObject({
  /** Host of the browser app. Default `app.<domain>`. */
  appHost: domain.optional(),
  /** Host of the API. Default `api.<domain>`; not used with `routing: path`. */
  apiHost: domain.optional(),
  /** `hosts`: one host each. `path`: one host, and the API's paths on it. */
  routing: z.enum(["hosts", "path"], { error: "is hosts or path" }).default("hosts"),
  /** Whether the read-through cache is deployed. */
  cache: z.boolean().default(true),
  /** The customer portal shows data to customers: not routed unless asked for. */
  portal: z.boolean().default(false),
  /** Path of the portal's API. */
  portalPath: z
    .string()
    .regex(/^\/[a-z0-9/-]+$/)
    .default("/api/portal"),
  /** Receives events from the outbox worker, which runs only when this is set. */
  webhookUrl: httpsUrl.optional(),
  /**
   * How the API checks the database's certificate. `no-verify` encrypts without checking, inside
   * the private network; `verify-full` needs an image that carries the provider's authority.
   */
  databaseTls: z
    .enum(["no-verify", "verify-full"], { error: "is no-verify or verify-full" })
    .default("no-verify"),
  /** Command of the migration job. */
  migration: z
    .array(z.string())
    .min(1, { error: "is empty; give program and arguments" })
    .default(MIGRATION),
  /** Uid that the frontend's image runs as; the image must not need root. */
  frontendUid: z
    .number()
    .int()
    .min(1, { error: "is root; give the number of the user that the image runs as" })
    .default(101),
});

type Settings = z.infer<typeof settings>;

/** Sizes and promises per stage. Staging has production's shape at a smaller size. */
const PROFILE = {
  dev: { api: [1, 1], ui: [1, 1], db: [1, 2048, 20], cacheMiB: 512, backupDays: 7, logDays: 30 },
  staging: {
    api: [1, 2],
    ui: [1, 2],
    db: [2, 4096, 20],
    cacheMiB: 512,
    backupDays: 7,
    logDays: 30,
  },
  prod: {
    api: [2, 6],
    ui: [2, 4],
    db: [2, 8192, 100],
    cacheMiB: 1024,
    backupDays: 30,
    logDays: 90,
  },
} as const satisfies Record<Profile, unknown>;

const DEPLOYMENT_ENV: Record<Profile, string> = {
  dev: "test",
  staging: "staging",
  prod: "production",
};

const health = (path: string, startSeconds: number): HealthCheck => ({
  path,
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyAfter: 2,
  unhealthyAfter: 3,
  startSeconds,
});

const API_HEALTH = health("/health", 30);
const UI_HEALTH = health("/", 10);

function describe(input: DescribeInput<Settings>): SystemSpec {
  const { stack, environment } = input;
  const set = input.settings;
  const size = PROFILE[environment.profile];
  const logDays = stack.logs.days ?? size.logDays;
  const hosts = hostsOf(input);
  const buildArgs = { ui: { VITE_API_BASE_URL: hosts.apiUrl } };
  const secrets = secretsOf(input);
  const isProd = environment.profile === "prod";
  const talksOut = set.webhookUrl !== undefined || "sentry-dsn" in secrets;
  const cache = set.cache ? ["cache"] : [];
  refuseUnknownNames(input, {
    images: ["api", "ui", "postgres-client"],
    secrets: ["sentry-dsn", "push-auth-header"],
    rotated: ["jwt-secret", "mfa-token-secret"],
  });

  return {
    name: "lattice-policy",
    network: { ...stack.network, flowLogDays: logDays },
    postgres: {
      db: {
        version: "16",
        database: "lattice_policy",
        owner: "lattice_policy",
        client: "postgres-client",
        cpu: size.db[0],
        memoryMiB: size.db[1],
        storageGiB: size.db[2],
        maxStorageGiB: size.db[2] * 4,
        highAvailability: isProd,
        backupDays: size.backupDays,
        customerKey: isProd,
        extensions: ["uuid-ossp"],
        logDays,
      },
    },
    redis: set.cache
      ? { cache: { version: "7", memoryMiB: size.cacheMiB, highAvailability: isProd } }
      : {},
    images: {
      api: image(input, "api", "lattice-policy-api"),
      ui: image(input, "ui", "lattice-policy-ui", { buildArgs: buildArgs.ui }),
      "postgres-client": postgresClient(input),
    },
    buildArgs,
    secrets,
    jobs: {
      migrate: {
        image: "api",
        command: set.migration,
        cpu: 0.5,
        memoryMiB: 1024,
        uid: 1000,
        uses: ["db"],
        env: { NODE_ENV: "production" },
        secrets: { DATABASE_URL: "database-url" },
        timeoutSeconds: 840,
        logDays,
      },
    },
    services: {
      api: {
        image: "api",
        port: 3000,
        cpu: 0.5,
        memoryMiB: 1024,
        uid: 1000,
        uses: ["db", ...cache],
        after: ["migrate"],
        health: API_HEALTH,
        scaling: { min: size.api[0], max: size.api[1] },
        stopGraceSeconds: 30,
        backgroundWork: set.webhookUrl !== undefined,
        egress: talksOut ? "https" : "none",
        caFileVariable: "NODE_EXTRA_CA_CERTS",
        env: {
          NODE_ENV: "production",
          PORT: "3000",
          LOG_LEVEL: "info",
          MFA_ISSUER: "LatticePolicy",
          DEPLOYMENT_ENV: DEPLOYMENT_ENV[environment.profile],
          ALLOWED_ORIGINS: `https://${hosts.app}`,
          ASYNC_PUSH_ENABLED: set.webhookUrl === undefined ? "0" : "1",
          ...(set.webhookUrl === undefined ? {} : { ASYNC_PUSH_WEBHOOK_URL: set.webhookUrl }),
          // Only together with REDIS_URL: newer images refuse to start with one of the two.
          ...(set.cache ? { CACHE_ENABLED: "1" } : {}),
        },
        secrets: {
          DATABASE_URL: "database-url",
          JWT_SECRET: "jwt-secret",
          CUSTOMER_DATA_KEY: "customer-data-key",
          MFA_TOKEN_SECRET: "mfa-token-secret",
          ...(set.cache ? { REDIS_URL: "redis-url" } : {}),
          ...("sentry-dsn" in secrets ? { SENTRY_DSN: "sentry-dsn" } : {}),
          ...("push-auth-header" in secrets ? { ASYNC_PUSH_AUTH_HEADER: "push-auth-header" } : {}),
        },
        logDays,
      },
      ui: {
        image: "ui",
        port: 80,
        cpu: 0.25,
        memoryMiB: 512,
        uid: set.frontendUid,
        uses: [],
        health: UI_HEALTH,
        scaling: { min: size.ui[0], max: size.ui[1] },
        stopGraceSeconds: 10,
        scratch: ["/tmp", "/var/cache/nginx", "/var/run"],
        logDays,
      },
    },
    edge: edgeOf(input, hosts, logDays),
    alarms: latticePolicyAlarms(set.cache, stack.alarms),
    outputs: { appUrl: `https://${hosts.app}`, apiUrl: hosts.apiUrl },
  };
}

interface Hosts {
  readonly app: string;
  readonly api: string;
  /** Compiled into the frontend: a change means another build. */
  readonly apiUrl: string;
}

function hostsOf({ stack, settings: set }: DescribeInput<Settings>): Hosts {
  const app = set.appHost ?? `app.${stack.domain}`;
  const api = set.routing === "path" ? app : (set.apiHost ?? `api.${stack.domain}`);
  return { app, api, apiUrl: `https://${api}` };
}

function secretsOf(input: DescribeInput<Settings>): Record<string, SecretDescription> {
  const { settings: set } = input;
  const key = { bytes: 32, encoding: "base64" } as const;
  const sentry = operatorSecret(input, "sentry-dsn");
  const pushHeader = operatorSecret(input, "push-auth-header");
  return {
    "database-url": {
      kind: "value",
      value: ({ postgres: { db } }) => (db ? postgresUrl(db, `sslmode=${set.databaseTls}`) : ""),
    },
    "jwt-secret": rotating(input, "jwt-secret", key),
    "customer-data-key": fixed(
      "it encrypts what is stored, and another value would make every stored record unreadable",
      key,
    ),
    "mfa-token-secret": rotating(input, "mfa-token-secret", key),
    ...(set.cache
      ? {
          "redis-url": {
            kind: "value",
            value: ({ redis: { cache } }) => (cache ? redisUrl(cache) : ""),
          } satisfies SecretDescription,
        }
      : {}),
    ...(sentry ? { "sentry-dsn": sentry } : {}),
    ...(pushHeader ? { "push-auth-header": pushHeader } : {}),
  };
}

/** The API also answers outside `/api`; on a shared host all three prefixes are its own. */
const API_PATHS = ["/api/*", "/auth/*", "/health"];

function edgeOf(
  { stack, environment, settings: set }: DescribeInput<Settings>,
  hosts: Hosts,
  logDays: number,
): HttpsEdgeSpec {
  return {
    routes: [
      { host: hosts.api, paths: set.routing === "path" ? API_PATHS : ["/*"], backend: "api" },
      { host: hosts.app, paths: ["/*"], backend: "ui" },
    ],
    backends: {
      api: { port: 3000, health: API_HEALTH },
      ui: { port: 80, health: UI_HEALTH },
    },
    dns: stack.dns,
    headers: {
      "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
      "X-Frame-Options": "DENY",
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "strict-origin-when-cross-origin",
    },
    idleTimeoutSeconds: 60,
    // Looser than the application's own limits, so that the application is the one that answers.
    rateLimits: [
      { pathPrefix: "/auth/", requests: 300, windowSeconds: 300 },
      ...(set.portal ? [{ pathPrefix: set.portalPath, requests: 300, windowSeconds: 300 }] : []),
      { pathPrefix: "/", requests: 3000, windowSeconds: 300 },
    ],
    allowedNetworks: stack.allowedNetworks,
    blockedPaths: set.portal ? [] : [`${set.portalPath}*`],
    ...(environment.profile === "dev" ? {} : { waf: { managedRules: true, mode: "block" } }),
    accessLogDays: logDays,
  };
}

export const system: SystemModule<typeof settings> = { settings, describe };
