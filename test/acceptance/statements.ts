import type { Deployed } from "../support/deployed";

/** The two committed profiles of a system, deployed on one cloud. */
export interface Stacks {
  readonly staging: Deployed;
  readonly prod: Deployed;
  /** prod with its secrets in plain text: kept in memory, for what is said about values. */
  readonly plain: Deployed;
}

/** A check throws when its statement is not true of the deployed stacks. */
export type Check = (stacks: Stacks) => void;

/** By number in the application's acceptance list; a reason where a statement is about others. */
export type Checks = Readonly<Record<number, Check | { readonly notApplicable: string }>>;

/** LatticePolicy's acceptance list, shortened. */
export const LATTICE_POLICY: Readonly<Record<number, string>> = {
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
};
