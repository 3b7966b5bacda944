import type { Profile } from "../components/cloud";
import type { SecretDescription, SystemSpec } from "../components/system";
import {
  image,
  operatorSecret,
  postgresClient,
  postgresUrl,
  redisUrl,
  refuseUnknownNames,
  requiredSecret,
  rotating,
} from "./common";
import type { DescribeInput, SystemModule } from "./load";
import { rayrayAlarms } from "./rayray/alarms";
import { edgeOf, health } from "./rayray/edge";
import { settings, type RayraySettings } from "./rayray/settings";

/** RayRay: document extraction for agencies. A Next.js web app, a Python API, PostgreSQL, uploads, an LLM. */
type Input = DescribeInput<RayraySettings>;

/** Sizes per stage: the guide's totals, split over the parts. */
const PROFILE = {
  dev: { api: [1, 2048], web: [1, 2048], db: [2, 4096, 35], uploadsGiB: 15, webs: 1, backups: 7 },
  staging: {
    api: [1, 4096],
    web: [1, 2048],
    db: [2, 8192, 70],
    uploadsGiB: 30,
    webs: 1,
    backups: 7,
  },
  prod: {
    api: [2, 8192],
    web: [1, 4096],
    db: [4, 16384, 400],
    uploadsGiB: 100,
    webs: 2,
    backups: 35,
  },
} as const satisfies Record<Profile, unknown>;

const ENVIRONMENT: Record<Profile, string> = {
  dev: "development",
  staging: "staging",
  prod: "production",
};

/** Days that an auditor asks production for. */
const SEVEN_YEARS = 2557;

const UPLOADS = "/var/lib/rayray/uploads";

function describe(input: Input): SystemSpec {
  const { stack, environment, settings: set } = input;
  const size = PROFILE[environment.profile];
  const isProd = environment.profile === "prod";
  const logDays = stack.logs.days ?? (isProd ? 365 : 30);
  const archive = set.auditArchive ?? "compliance";
  const auditDays = set.auditDays ?? (isProd ? SEVEN_YEARS : 1);
  const secrets = secretsOf(input);
  checkReplicas(input);
  checkAudit(input, archive, auditDays);
  refuseUnknownNames(input, {
    images: ["api", "web", "postgres-client"],
    secrets: [
      "openai-api-key",
      "anthropic-api-key",
      ...(set.siem?.kind === "splunk" ? [set.siem.token] : []),
    ],
    rotated: ["jwt-secret"],
  });
  const hosts = { web: set.webHost ?? `rayray.${stack.domain}`, api: apiHost(input) };
  // Next.js compiles the address into the bundle: one image per environment.
  const buildArgs = { web: { NEXT_PUBLIC_API_URL: `https://${hosts.api}` } };
  const limiter = set.redisLimiter === undefined ? [] : ["limiter"];
  const apiSecrets = "llm-key" in secrets ? LLM_KEYS[set.llm.provider] : {};

  return {
    name: "rayray",
    network: { ...stack.network, flowLogDays: logDays },
    postgres: {
      db: {
        version: "16",
        database: "rayray",
        owner: "rayray_app",
        client: "postgres-client",
        cpu: size.db[0],
        memoryMiB: size.db[1],
        storageGiB: size.db[2],
        maxStorageGiB: size.db[2] * 2,
        highAvailability: isProd,
        backupDays: size.backups,
        customerKey: isProd,
        extensions: ["uuid-ossp", "pgcrypto"],
        parameters: {
          log_connections: "on",
          log_disconnections: "on",
          log_statement: "ddl",
          max_connections: "100",
          password_encryption: "scram-sha-256",
        },
        logDays,
      },
    },
    redis:
      limiter.length > 0
        ? {
            limiter: {
              version: "7",
              memoryMiB: 512,
              highAvailability: isProd,
              eviction: "noeviction",
            },
          }
        : {},
    files: {
      uploads: {
        sizeGiB: size.uploadsGiB,
        uid: set.apiUid,
        backupDays: size.backups,
        customerKey: isProd,
      },
    },
    ...(archive === "none"
      ? {}
      : {
          archives: {
            audit: {
              retentionDays: auditDays,
              mode: archive,
              writers: "logs" as const,
              coolAfterDays: 90,
              accessLogDays: logDays,
            },
          },
        }),
    auditLogs: {
      sources: ["api", "migrate", "db"],
      ...(archive === "none" ? {} : { archive: "audit" }),
      ...(set.siem ? { siem: set.siem } : {}),
    },
    images: {
      api: image(input, "api", "rayray-api"),
      web: image(input, "web", "rayray-web", { buildArgs: buildArgs.web }),
      "postgres-client": postgresClient(input),
    },
    buildArgs,
    secrets,
    jobs: {
      migrate: {
        image: "api",
        // The current revision is printed as proof. Nothing here ever downgrades.
        command: ["sh", "-euc", "alembic upgrade head && alembic current"],
        cpu: 0.5,
        memoryMiB: 1024,
        uid: set.apiUid,
        uses: ["db"],
        secrets: { DATABASE_URL: "database-url" },
        timeoutSeconds: 840,
        logDays,
      },
    },
    services: {
      api: {
        image: "api",
        command: set.apiCommand,
        port: 8000,
        cpu: size.api[0],
        memoryMiB: size.api[1],
        uid: set.apiUid,
        uses: ["db", ...limiter],
        after: ["migrate"],
        health: health("/health"),
        scaling: { min: set.apiReplicas, max: set.apiReplicas },
        stopGraceSeconds: 30,
        egress: "https",
        mounts: { [UPLOADS]: "uploads" },
        env: {
          ENVIRONMENT: ENVIRONMENT[environment.profile],
          DEBUG: environment.profile === "dev" ? "true" : "false",
          LLM_PROVIDER: set.llm.provider,
          LLM_MODEL: set.llm.model,
          ...(set.llm.baseUrl === undefined ? {} : { LLM_BASE_URL: set.llm.baseUrl }),
          UPLOAD_DIR: UPLOADS,
          JWT_ALGORITHM: "HS256",
          JWT_EXPIRY_HOURS: "24",
          RATE_LIMIT_ENABLED: "true",
        },
        secrets: {
          DATABASE_URL: "database-url",
          JWT_SECRET: "jwt-secret",
          ...apiSecrets,
          ...(set.redisLimiter === undefined ? {} : { [set.redisLimiter]: "redis-url" }),
        },
        logDays,
      },
      web: {
        image: "web",
        port: 3000,
        cpu: size.web[0],
        memoryMiB: size.web[1],
        uid: 1001,
        uses: [],
        health: health("/"),
        scaling: { min: size.webs, max: size.webs * 2 },
        stopGraceSeconds: 10,
        scratch: ["/tmp", "/app/.next/cache"],
        // The standalone server binds to HOSTNAME, which some platforms set to the container's own.
        env: { PORT: "3000", HOSTNAME: "0.0.0.0" },
        logDays,
      },
    },
    edge: edgeOf(input, hosts, logDays),
    ...(stack.cloud === "docker" ? { exceptions: ON_ONE_HOST } : {}),
    alarms: rayrayAlarms(stack.alarms),
    outputs: { webUrl: `https://${hosts.web}`, apiUrl: `https://${hosts.api}` },
  };
}

const ON_ONE_HOST = {
  "encryption between edge, web and API":
    "requests do not leave the kernel of the one host; between its containers they are not encrypted",
};

const apiHost = ({ stack, settings: set }: Input): string => set.apiHost ?? `api.${stack.domain}`;

const LLM_KEYS: Record<RayraySettings["llm"]["provider"], Record<string, string>> = {
  openai: { OPENAI_API_KEY: "llm-key" },
  anthropic: { ANTHROPIC_API_KEY: "llm-key" },
  openai_compatible: { OPENAI_API_KEY: "llm-key" },
};

function secretsOf(input: Input): Record<string, SecretDescription> {
  const { settings: set } = input;
  const keyName = set.llm.provider === "anthropic" ? "anthropic-api-key" : "openai-api-key";
  // A model of the agency's own may ask for no key.
  const key =
    set.llm.provider === "openai_compatible"
      ? operatorSecret(input, keyName)
      : requiredSecret(input, keyName);
  const token = set.siem?.kind === "splunk" ? requiredSecret(input, set.siem.token) : undefined;
  return {
    "database-url": {
      kind: "value",
      value: ({ postgres: { db } }) => (db ? postgresUrl(db, set.databaseQuery) : ""),
    },
    "jwt-secret": rotating(input, "jwt-secret", { bytes: 32, encoding: "hex" }),
    ...(key ? { "llm-key": key } : {}),
    ...(token && set.siem?.kind === "splunk" ? { [set.siem.token]: token } : {}),
    ...(set.redisLimiter === undefined
      ? {}
      : {
          "redis-url": {
            kind: "value",
            value: ({ redis: { limiter } }) => (limiter ? redisUrl(limiter) : ""),
          } satisfies SecretDescription,
        }),
  };
}

function checkReplicas({ settings: set, problems }: Input): void {
  if (set.apiReplicas > 1 && set.redisLimiter === undefined) {
    problems.add(
      "portolan:settings.apiReplicas",
      "more than one replica needs redisLimiter, the variable that the API takes a shared limiter from; " +
        "each replica would count rate limits for itself",
    );
  }
}

/** Seven years, in a store that cannot be shortened, is what an auditor asks of production. */
function checkAudit(
  { environment, settings: set, problems }: Input,
  archive: "compliance" | "governance" | "none",
  auditDays: number,
): void {
  if (archive === "none" && set.siem === undefined) {
    problems.add(
      "portolan:settings.siem",
      "is missing; without an archive of the stack's own, audit logs must go to a SIEM that keeps them",
    );
  }
  if (environment.profile === "prod" && auditDays < SEVEN_YEARS) {
    problems.add(
      "portolan:settings.auditDays",
      `${auditDays} is less than seven years; use ${SEVEN_YEARS} or more in production`,
    );
  }
}

export const system: SystemModule<typeof settings> = { settings, describe };
