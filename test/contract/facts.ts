import type { Deployed } from "../support/deployed";

/** What is true of a store, however a cloud says it. */
export interface StoreFacts {
  /** What encrypts the data at rest. */
  readonly encryption: "own key" | "platform's key" | "host's disk";
  readonly isPublic: boolean;
  /** Whether it refuses a client without TLS. */
  readonly onlyTls: boolean;
  /** Whether it refuses a client without a password. */
  readonly onlyPassword: boolean;
}

export interface DatabaseFacts extends StoreFacts {
  readonly backupDays: number;
  /** Days, or the platform's way to bound a log that does not count days. */
  readonly logDays: number | "by size";
}

export interface WorkloadFacts {
  /** Numeric user that runs, or is expected where the image alone decides. */
  readonly user: string;
  /** Whether anybody on the internet reaches it without the edge. */
  readonly isPublic: boolean;
  readonly logDays: number | "by size";
}

export interface EdgeFacts {
  /** Open to the internet. */
  readonly ports: readonly number[];
  readonly redirectsHttp: boolean;
  readonly leastTls: "1.2" | "1.3";
  readonly hasFirewall: boolean;
}

/** A name that a cloud bounds. */
export interface Limit {
  readonly type: string;
  /** Input that holds the name. */
  readonly property: string;
  readonly max: number;
}

/** How one finds out on a cloud whether a promise is kept. */
export interface CloudFacts {
  database(stack: Deployed, name: string): DatabaseFacts;
  cache(stack: Deployed, name: string): StoreFacts;
  workload(stack: Deployed, name: string): WorkloadFacts;
  edge(stack: Deployed, name: string): EdgeFacts;
  /** Grants of everything, or on everything, where the cloud would take less: none, that is. */
  wildcards(stack: Deployed): readonly string[];
  readonly limits: readonly Limit[];
  /** A setting that this cloud refuses, and what it says. */
  readonly refused: {
    readonly config: Readonly<Record<string, unknown>>;
    readonly sentence: RegExp;
  };
}
