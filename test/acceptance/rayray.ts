import { controlReport } from "../../review/control-report";
import { readState } from "../../review/input/state";
import { review } from "../../review/review";
import type { CloudReader } from "../clouds/reader";
import type { Deployed } from "../support/deployed";
import {
  all,
  environment,
  filledFrom,
  imagesArePinned,
  nothingReadable,
  refuses,
  runs,
  waitsFor,
} from "./checks";
import type { Application, Check, Checks } from "./statements";

export const RAYRAY: Application = {
  title: "RayRay",
  system: "rayray",
  statements: {
    1: "the API runs uvicorn app.main:app on 8000 without root, the web app on 3000 as uid 1001",
    2: "the API is checked at /health every 30 s, healthy after 2, unhealthy after 3",
    3: "no probe points at /health/llm",
    4: "8000 and 3000 are closed to the internet; only the edge listens, on 443, and 80 redirects",
    5: "a list of authorised networks admits these alone",
    6: "TLS below 1.2 is refused",
    7: "a WAF is in front of the API",
    8: "PostgreSQL is 16 and has no public address",
    9: "the server forces TLS and the connection string asks for it",
    10: "connections, disconnections and DDL are logged, 100 connections, scram-sha-256",
    11: "the database admits private addresses of 10.0.0.0/8 and only API and migration",
    12: "uuid-ossp and pgcrypto exist, and rayray_app owns the database without being superuser",
    13: "database and uploads are encrypted at rest",
    14: "JWT_SECRET is 64 hex characters, generated, in the vault, one for all replicas",
    15: "no secret stands in a container definition or in the plan",
    16: "DEBUG=false, ENVIRONMENT=production, RATE_LIMIT_ENABLED=true in production",
    17: "more than one replica of the API needs a Redis limiter",
    18: "uploads are mounted at UPLOAD_DIR, writable for the API's user",
    19: "the eight security headers have their values",
    20: "a preflight of the frontend succeeds, any other fails",
    21: "the migration runs Alembic to head once before the API, and nothing downgrades",
    22: "image tags are immutable, latest is refused",
    23: "audit logs are kept 2557 days where production cannot shorten it",
    24: "the four log patterns, health and rate limits have alarms",
    25: "audit logs go to the SIEM",
    26: "the API reaches 443 and its stores and nothing else",
    27: "edge, web and API speak encrypted, or the exception is recorded",
    28: "each control maps to a resource or a policy rule",
    29: "production has backups and deletion protection",
  },
  released: ["api", "web"],
  migrations: ["migrate"],
  services: ["api", "web"],
};

const SECRETS = {
  DATABASE_URL: "database-url",
  JWT_SECRET: "jwt-secret",
  OPENAI_API_KEY: "llm-key",
};

/** Networks of the committed production stacks whose platforms take more than one. */
export const AUTHORISED = ["192.0.2.0/24", "198.51.100.0/24"];

/** Headers of the application's guide; each cloud shows in its own way what it sends. */
const HEADERS = {
  "X-Frame-Options": "DENY",
  "X-Content-Type-Options": "nosniff",
  "X-XSS-Protection": "1; mode=block",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Permissions-Policy": "geolocation=(), microphone=(), camera=()",
  "Cache-Control": "no-store, no-cache, must-revalidate",
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
};

/** The statements that every cloud answers in the same way; most go on with a cloud's own part. */
export const rayrayOn = (reader: CloudReader) =>
  ({
    1: all(runs(reader, { api: "rayray-api", web: "rayray-web" }), ({ prod }) => {
      expect(reader.workload(prod, "api").command?.join(" ")).toContain("uvicorn app.main:app");
    }),
    9: ({ prod }) => {
      expect(reader.secrets(prod)["database-url"]).toMatch(/^postgresql:.*\?sslmode=require$/);
    },
    12: ({ prod }) => {
      expect(reader.workload(prod, "db-bootstrap").env).toMatchObject({
        OWNER: "rayray_app",
        EXTENSIONS: "uuid-ossp pgcrypto",
      });
      expect(reader.workload(prod, "db-bootstrap").command?.join(" ")).toContain("NOSUPERUSER");
      expect(reader.secrets(prod)["database-url"]).toMatch(/^postgresql:\/\/rayray_app:/);
    },
    14: ({ prod }) => expect(reader.secrets(prod)["jwt-secret"]).toMatch(/^[0-9a-f]{64}$/),
    15: all(filledFrom(reader, "api", SECRETS), nothingReadable(reader, 3)),
    16: environment(reader, "api", {
      DEBUG: "false",
      ENVIRONMENT: "production",
      RATE_LIMIT_ENABLED: "true",
    }),
    17: refuses("rayray", { apiReplicas: 2 }, /^portolan:settings.apiReplicas: .*redisLimiter/),
    21: all(waitsFor(reader, "api", "migrate"), ({ prod }) => {
      const commands = prod
        .components("OneOffJob")
        .map((job) => reader.workload(prod, job).command?.join(" ") ?? "");
      expect(commands.filter((command) => command.includes("alembic upgrade head"))).toHaveLength(
        1,
      );
      expect(commands.filter((command) => command.includes("downgrade"))).toEqual([]);
    }),
    22: imagesArePinned(reader),
  }) satisfies Checks;

/** What a control of the security plan demands is shown by a resource or a rule, but for what is named here. */
export const controlsAreShown =
  (...elsewhere: string[]): Check =>
  ({ prod }) => {
    const report = controlReport(review(readState(prod.text, "the deployed stack"), {}));
    expect(report.length).toBeGreaterThanOrEqual(11);
    const open = report.flatMap(({ id, requirements }) =>
      requirements.filter(({ met }) => !met).map(({ text }) => `${id}: ${text}`),
    );
    expect(open).toEqual(elsewhere);
    expect(report.filter(({ status }) => status === "not covered")).toEqual([]);
  };

/** The eight headers are sent, the policy with or without more than its first source. */
export const sendsHeaders =
  (sent: (stack: Deployed) => Readonly<Record<string, string>>): Check =>
  ({ prod }) => {
    const { "Content-Security-Policy": policy, ...others } = sent(prod);
    expect(others).toEqual(HEADERS);
    expect(policy).toMatch(/^default-src 'self'/);
  };
