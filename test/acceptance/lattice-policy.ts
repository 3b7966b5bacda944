import type { CloudReader } from "../clouds/reader";
import {
  all,
  environment,
  filledFrom,
  generatedApart,
  imagesArePinned,
  keptKey,
  leadsTo,
  nothingReadable,
  readsOnly,
  runs,
  waitsFor,
} from "./checks";
import type { Application, Checks } from "./statements";

export const LATTICE_POLICY: Application = {
  title: "LatticePolicy",
  system: "lattice-policy",
  statements: {
    1: "API and frontend are two services from two images",
    2: "the API listens on 3000 and is probed at /health, the frontend on 80 at /",
    3: "only the edge has a public address",
    4: "PostgreSQL is private and admits the API and the jobs alone",
    5: "Redis is private and admits the API alone",
    6: "the database is encrypted and backed up, and protected in production",
    7: "the production database is highly available",
    8: "the five secrets come from the secret store and stand nowhere in plain",
    9: "the generated secrets differ pairwise and have 32 characters or more",
    10: "CUSTOMER_DATA_KEY is there from the start and protected against replacement",
    11: "the plain variables have their values, CACHE_ENABLED only together with REDIS_URL",
    12: "an identity reads its own secrets only, the frontend's none",
    13: "images carry a version or a digest, latest is refused",
    14: "tags in the registry are immutable",
    15: "the frontend is built with the API's public address",
    16: "each host leads to its service",
    17: "port 80 redirects, TLS below 1.2 is refused, the platform issues the certificate",
    18: "one migration task runs and the API waits for its success",
    19: "no replica of the API migrates before the job has",
    20: "a new revision can be tried before it gets production traffic",
    21: "the previous revision can be chosen again without a build",
    22: "the alarms of the guide exist",
    23: "container logs are kept for a set time",
    24: "on Cloud Run the outbox worker keeps its CPU and one instance",
    25: "on Google Cloud the APIs are enabled and Redis is in the same region",
    26: "on Azure uuid-ossp is allowed before the migration",
    27: "production's database cannot be deleted with the stack",
    28: "443 to the internet is closed without a webhook or Sentry",
  },
  released: ["api", "ui"],
  migrations: ["migrate"],
  services: ["api", "ui"],
};

const SECRETS = {
  DATABASE_URL: "database-url",
  JWT_SECRET: "jwt-secret",
  CUSTOMER_DATA_KEY: "customer-data-key",
  MFA_TOKEN_SECRET: "mfa-token-secret",
  REDIS_URL: "redis-url",
};

/** The statements that every cloud answers in the same way. */
export const latticePolicyOn = (reader: CloudReader) =>
  ({
    1: ({ prod, ...others }) => {
      expect(prod.components("ContainerService").sort()).toEqual(["api", "ui"]);
      runs(reader, { api: "lattice-policy-api", ui: "lattice-policy-ui" })({ prod, ...others });
    },
    8: all(filledFrom(reader, "api", SECRETS), nothingReadable(reader, 5)),
    9: generatedApart(reader, ["jwt-secret", "customer-data-key", "mfa-token-secret"]),
    10: keptKey("customer-data-key", 32),
    11: all(
      environment(reader, "api", { NODE_ENV: "production", LOG_LEVEL: "info", CACHE_ENABLED: "1" }),
      ({ prod }) => expect(reader.workload(prod, "api").secrets).toHaveProperty("REDIS_URL"),
    ),
    12: readsOnly(reader, { api: Object.values(SECRETS), migrate: ["database-url"], ui: [] }),
    13: imagesArePinned(reader),
    15: ({ prod, ...others }) => {
      const address = `${prod.outputs["apiUrl"]}/health`;
      leadsTo(reader, { [address]: "api" })({ prod, ...others });
    },
    16: leadsTo(reader, { "https://api.example.com/": "api", "https://app.example.com/": "ui" }),
    19: all(waitsFor(reader, "api", "migrate"), ({ prod }) => {
      expect(reader.workload(prod, "api").command).toBeUndefined();
      expect(reader.workload(prod, "migrate").command).toContain("node");
    }),
  }) satisfies Checks;
