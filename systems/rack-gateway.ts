import { z } from "zod";
import type { HealthCheck } from "../components/container-service";
import type {
  Connections,
  SecretDescription,
  ServiceDescription,
  SystemSpec,
} from "../components/system";
import { bucketName, domain, email, httpsUrl, reference } from "../config/fields";
import {
  asRole,
  image,
  operatorSecret,
  postgresClient,
  postgresUrl,
  refuseUnknownNames,
  requiredSecret,
  fixed,
  rotating,
} from "./common";
import type { DescribeInput, SystemModule } from "./load";
import { anchorsOf, EXTERNAL_STORE_SECRETS, type Anchors } from "./rack-gateway/anchors";
import { rackGatewayAlarms } from "./rack-gateway/alarms";
import { TAILSCALE_IMAGE, tailscaleRouter } from "./rack-gateway/tailscale";

/** Rack Gateway: sign-on, roles and an audit trail in front of one Convox rack. One stack per rack. */
const settings = z.strictObject({
  /**
   * `standard`: public, behind a firewall. `private`: no public listener, reached through Tailscale.
   * `maximum`: private, second factors for everybody, audit anchors that nobody can remove. Default:
   * private in production, standard elsewhere.
   */
  level: z
    .enum(["standard", "private", "maximum"], { error: "is standard, private or maximum" })
    .optional(),
  /** Host of the gateway. Default `gateway.<domain>`. */
  host: domain.optional(),
  /** Port, command and paths of the image; the guide leaves them to the image's own reference. */
  port: z.number().int().min(1024).max(65535).default(8080),
  healthPath: z.string().startsWith("/").default("/api/v1/health"),
  migration: z.array(z.string()).min(1).default(["./rack-gateway-api", "migrate"]),
  rackHost: httpsUrl,
  rackUsername: z.string().default("convox"),
  rack: z.string().default("default"),
  /** OAuth client of Google Workspace, made by hand; its callbacks are stack outputs. */
  googleClientId: z.string().min(1, { error: "is empty; give the OAuth client's id" }),
  googleAllowedDomain: domain,
  /** Two in production, so that one can leave; at most three. */
  adminUsers: z
    .array(email)
    .min(1)
    .max(3, { error: "has more than three; keep it to two or three" }),
  replicas: z.number().int().min(1).max(10).optional(),
  /** Seconds a log or exec session may be silent. Default 3600; some edges offer less and say so. */
  idleTimeoutSeconds: z.number().int().min(60).max(3600).default(3600),
  /** Days an anchor is locked in production. Elsewhere one day, so that a stack can be cleaned up. */
  anchorRetentionDays: z.number().int().min(1).default(400),
  /** A text in the line that the gateway logs when it has written an anchor. */
  anchorLogLine: z.string().min(1).default("audit anchor written"),
  /**
   * Where anchors go. The gateway speaks the S3 API only: where the target has no store of that kind,
   * name a locked bucket elsewhere, and give its keys as secrets.
   */
  anchorStore: z
    .strictObject({ bucket: bucketName, region: z.string().min(1), endpoint: httpsUrl.optional() })
    .optional(),
  /** Tags of the router in the Tailscale network; its access rules are made for them. */
  tailscaleTags: z.array(z.string().startsWith("tag:")).min(1).default(["tag:rack-gateway"]),
  tailscaleImage: reference.default(TAILSCALE_IMAGE),
});

export type RackGatewaySettings = z.infer<typeof settings>;
type Input = DescribeInput<RackGatewaySettings>;

const SIZE = { dev: [1, 2048, 20], staging: [1, 2048, 50], prod: [2, 4096, 100] } as const;

function describe(input: Input): SystemSpec {
  const { stack, environment, settings: set } = input;
  const isProd = environment.profile === "prod";
  const level = set.level ?? (isProd ? "private" : "standard");
  const isPrivate = level !== "standard";
  const anchors = level === "maximum" ? anchorsOf(input) : undefined;
  const host = set.host ?? `gateway.${stack.domain}`;
  const logDays = stack.logs.days ?? 90;
  const size = SIZE[environment.profile];
  const replicas = set.replicas ?? (isProd ? 2 : 1);
  checkProduction(input);
  const secrets = secretsOf(input, isPrivate, anchors);
  const health = healthOf(set);

  return {
    name: "rack-gateway",
    network: { ...stack.network, flowLogDays: logDays },
    postgres: {
      db: {
        version: "16",
        database: "rack_gateway",
        // Migrations run as the owner; the gateway itself may change rows and no tables.
        owner: "rack_gateway_admin",
        roles: ["rack_gateway_app"],
        client: "postgres-client",
        cpu: size[0],
        memoryMiB: size[1],
        storageGiB: size[2],
        maxStorageGiB: 200,
        highAvailability: isProd,
        backupDays: environment.profile === "dev" ? 7 : 35,
        customerKey: true,
        logDays,
      },
    },
    redis: {},
    ...(anchors?.archive ? { archives: { anchors: anchors.archive } } : {}),
    images: {
      gateway: image(input, "gateway", "rack-gateway"),
      "postgres-client": postgresClient(input),
      ...(isPrivate
        ? {
            tailscale: image(input, "tailscale", "tailscale", {
              default: { kind: "reference", reference: set.tailscaleImage },
            }),
          }
        : {}),
    },
    secrets,
    jobs: {
      migrate: {
        image: "gateway",
        command: set.migration,
        cpu: 0.25,
        memoryMiB: 512,
        uid: NOBODY,
        uses: ["db"],
        secrets: { DATABASE_URL: "admin-database-url", ADMIN_DATABASE_URL: "admin-database-url" },
        timeoutSeconds: 840,
        logDays,
      },
    },
    services: {
      gateway: {
        image: "gateway",
        port: set.port,
        cpu: 0.5,
        memoryMiB: 1024,
        uid: NOBODY,
        uses: ["db"],
        after: ["migrate"],
        health,
        scaling: { min: replicas, max: replicas },
        stopGraceSeconds: 10,
        egress: "https",
        ...(anchors?.archive ? { archives: ["anchors"] } : {}),
        // The S3 client alone reads this variable; others go on trusting what the image trusts.
        ...(stack.cloud === "docker" && anchors?.archive
          ? { caFileVariable: "AWS_CA_BUNDLE" }
          : {}),
        env: environmentOf(input, level, host),
        ...(anchors ? { links: anchors.links } : {}),
        secrets: variablesOf(secrets, anchors),
        logDays,
      },
      ...(isPrivate ? { tailscale: tailscaleRouter(input, logDays) } : {}),
    },
    edge: {
      routes: [{ host, paths: ["/*"], backend: "gateway" }],
      backends: {
        gateway: { port: set.port, health, sticky: true, webSockets: true, drainSeconds: 300 },
      },
      dns: stack.dns,
      exposure: isPrivate ? "private" : "public",
      // No headers: the gateway sends its own, with a CSP whose nonces an edge would break.
      idleTimeoutSeconds: set.idleTimeoutSeconds,
      allowedNetworks: stack.allowedNetworks,
      ...(isPrivate
        ? {}
        : {
            rateLimits: [
              { pathPrefix: "/api/v1/auth/", requests: 100, windowSeconds: 300 },
              { pathPrefix: "/", requests: 3000, windowSeconds: 300 },
            ],
            waf: {
              managedRules: true,
              mode: "block" as const,
              uninspected: ["/api/v1/rack-proxy/"],
            },
          }),
      accessLogDays: logDays,
    },
    alarms: rackGatewayAlarms(stack.alarms, anchors ? set.anchorLogLine : undefined),
    outputs: {
      url: `https://${host}`,
      webCallback: `https://${host}/api/v1/auth/web/callback`,
      cliCallback: `https://${host}/api/v1/auth/cli/callback`,
    },
  };
}

/** The image has no USER line of its own that could be relied on. */
const NOBODY = 65534;

const healthOf = (set: RackGatewaySettings): HealthCheck => ({
  path: set.healthPath,
  intervalSeconds: 30,
  timeoutSeconds: 10,
  healthyAfter: 2,
  unhealthyAfter: 3,
  startSeconds: 10,
});

/** What the guide's production checklist asks for and no default can give. */
function checkProduction({ stack, environment, settings: set, problems }: Input): void {
  if (environment.profile !== "prod") return;
  if (stack.logs.days === undefined) {
    problems.add(
      "portolan:logs.days",
      "is missing; production must say how long logs are kept, 400 or, for seven years, 2557",
    );
  }
  if (set.adminUsers.length < 2) {
    problems.add(
      "portolan:settings.adminUsers",
      "holds one address; production needs at least two, so that nobody is locked out",
    );
  }
}

function environmentOf(
  { stack, environment, settings: set }: Input,
  level: string,
  host: string,
): Record<string, string> {
  return {
    DOMAIN: host,
    PORT: `${set.port}`,
    DEV_MODE: "false",
    COOKIE_SECURE: "true",
    LOG_LEVEL: "info",
    // Everything in front of the gateway has an address of the stack's network.
    TRUSTED_PROXY_CIDRS: stack.network.cidr ?? "10.40.0.0/16",
    GOOGLE_CLIENT_ID: set.googleClientId,
    GOOGLE_ALLOWED_DOMAIN: set.googleAllowedDomain,
    ADMIN_USERS: set.adminUsers.join(","),
    RACK_HOST: set.rackHost,
    RACK_USERNAME: set.rackUsername,
    RACK: set.rack,
    DB_MAX_OPEN_CONNS: "25",
    DB_MAX_IDLE_CONNS: "5",
    SENTRY_ENVIRONMENT: environment.profile,
    ...(stack.logs.days === undefined ? {} : { LOG_RETENTION_DAYS: `${stack.logs.days}` }),
    ...(level === "maximum" ? { RGW_SETTING_MFA_REQUIRE_ALL_USERS: "true" } : {}),
  };
}

/** Environment variable → secret, for what may be given and for what is always there. */
const OPTIONAL_SECRETS = {
  "postmark-api-token": "POSTMARK_API_TOKEN",
  "slack-client-secret": "SLACK_CLIENT_SECRET",
  "sentry-dsn": "SENTRY_DSN",
} as const;

function secretsOf(
  input: Input,
  isPrivate: boolean,
  anchors: Anchors | undefined,
): Record<string, SecretDescription> {
  const optional = Object.keys(OPTIONAL_SECRETS).flatMap((name) => {
    const secret = operatorSecret(input, name);
    return secret ? [[name, secret] as const] : [];
  });
  const required = [
    "google-client-secret",
    "rack-token",
    ...(isPrivate ? ["tailscale-auth-key"] : []),
    ...(anchors && !anchors.archive ? EXTERNAL_STORE_SECRETS : []),
  ];
  refuseUnknownNames(input, {
    images: ["gateway", "postgres-client", "tailscale"],
    secrets: [...required, ...Object.keys(OPTIONAL_SECRETS)],
    rotated: ["app-secret-key"],
  });
  const url = (role?: string) => ({
    kind: "value" as const,
    value: ({ postgres: { db } }: Connections) =>
      db ? postgresUrl(role === undefined ? db : asRole(db, role), "sslmode=require") : "",
  });
  return {
    "database-url": url("rack_gateway_app"),
    "admin-database-url": url(),
    "app-secret-key": rotating(input, "app-secret-key", { bytes: 32, encoding: "base64" }),
    "audit-hmac-secret": fixed(
      "it chains the audit trail, and with another value every earlier entry would look forged",
      { bytes: 32, encoding: "hex" },
    ),
    ...Object.fromEntries(required.map((name) => [name, requiredSecret(input, name)])),
    ...Object.fromEntries(optional),
    ...(anchors?.secrets ?? {}),
  };
}

function variablesOf(
  secrets: Readonly<Record<string, SecretDescription>>,
  anchors: Anchors | undefined,
): ServiceDescription["secrets"] {
  const given = Object.entries(OPTIONAL_SECRETS).filter(([name]) => name in secrets);
  return {
    DATABASE_URL: "database-url",
    APP_SECRET_KEY: "app-secret-key",
    AUDIT_HMAC_SECRET: "audit-hmac-secret",
    GOOGLE_CLIENT_SECRET: "google-client-secret",
    RACK_TOKEN: "rack-token",
    ...Object.fromEntries(given.map(([name, variable]) => [variable, name])),
    ...(anchors?.variables ?? {}),
  };
}

export const system: SystemModule<typeof settings> = { settings, describe };
