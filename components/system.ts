import type * as pulumi from "@pulumi/pulumi";
import type { AlarmsSpec } from "./alarms";
import type { ContainerServiceSpec } from "./container-service";
import type { DockerHostSpec } from "./docker-host";
import type { HttpsEdgeSpec } from "./https-edge";
import type { ImageSpec } from "./image";
import type { LogArchiveSpec } from "./log-archive";
import type { ManagedPostgresSpec } from "./managed-postgres";
import type { OneOffJobSpec } from "./one-off-job";
import type { PrivateNetworkSpec } from "./private-network";
import type { PrivateRedisSpec } from "./private-redis";
import type { SecretSource } from "./secret-bundle";
import type { SharedFilesSpec } from "./shared-files";
import type { WormArchive, WormArchiveSpec } from "./worm-archive";

/**
 * One application, described once for all clouds: plain data, so that it can be checked as a whole
 * before anything is registered. `deploy` turns it into components.
 */
export interface SystemSpec {
  /** Name in kebab-case; tags and fixed names carry it. */
  readonly name: string;
  readonly network: PrivateNetworkSpec;
  readonly postgres: Readonly<Record<string, PostgresDescription>>;
  readonly redis: Readonly<Record<string, PrivateRedisSpec>>;
  /** Folders that outlive containers. */
  readonly files?: Readonly<Record<string, SharedFilesSpec>>;
  readonly archives?: Readonly<Record<string, WormArchiveSpec>>;
  /** Which logs are audit logs, and where they go. */
  readonly auditLogs?: LogArchiveSpec;
  readonly images: Readonly<Record<string, ImageSpec>>;
  /**
   * Build arguments by image, exported for whoever builds outside of the update. Compiled into the
   * image: never a secret.
   */
  readonly buildArgs?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly secrets: Readonly<Record<string, SecretDescription>>;
  readonly jobs: Readonly<Record<string, JobDescription>>;
  readonly services: Readonly<Record<string, ServiceDescription>>;
  readonly hosts?: Readonly<Record<string, HostDescription>>;
  readonly edge?: HttpsEdgeSpec;
  /** Jobs that run at the very end, against what has been deployed; one that fails fails the update. */
  readonly checks?: Readonly<Record<string, JobDescription>>;
  readonly alarms: AlarmsSpec;
  /** Demands that this stack does not keep, and why: exported, so that a reviewer finds them. */
  readonly exceptions?: Readonly<Record<string, string>>;
  /** Values the stack exports besides the addresses; no secrets. */
  readonly outputs?: Readonly<Record<string, pulumi.Input<string>>>;
}

export interface PostgresDescription extends ManagedPostgresSpec {
  /**
   * Login that owns the database and applies migrations. Neither superuser nor able to bypass row
   * security. Made by a bootstrap job together with the extensions.
   */
  readonly owner: string;
  /** Further logins that read and write rows and change no schema, e.g. the application's own. */
  readonly roles?: readonly string[];
  /** Image with `psql` for the bootstrap job, an entry of `images`. */
  readonly client: string;
}

/** A secret's source; values made of other components' outputs are given as a function of them. */
export type SecretDescription =
  | Exclude<SecretSource, { kind: "value" }>
  | { readonly kind: "value"; readonly value: (stores: Connections) => pulumi.Input<string> };

/** What secrets and variables may be made of. */
export interface Connections {
  readonly postgres: Readonly<Record<string, PostgresConnection>>;
  readonly redis: Readonly<Record<string, RedisConnection>>;
  readonly archives: Readonly<Record<string, WormArchive>>;
  /** The edge's address, where there is an edge. */
  readonly edge?: { readonly address: pulumi.Output<string> };
  /** Names inside the network of services described earlier. */
  readonly services: Readonly<Record<string, InternalAddress>>;
  /** Names inside the network of Docker hosts; for `checks`. */
  readonly hosts: Readonly<Record<string, InternalAddress>>;
}

export interface InternalAddress {
  readonly host: pulumi.Output<string>;
  readonly port: number;
}

/** The owner's way into a database; URL-safe, the password is letters and digits. */
export interface PostgresConnection {
  readonly host: pulumi.Output<string>;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: pulumi.Output<string>;
  readonly caPem?: pulumi.Output<string>;
  /** Passwords of the further logins, by name. */
  readonly roles: Readonly<Record<string, pulumi.Output<string>>>;
}

export interface RedisConnection {
  readonly host: pulumi.Output<string>;
  readonly port: number;
  readonly password: pulumi.Output<string>;
  readonly caPem?: pulumi.Output<string>;
}

/** What a described workload has beyond its plain data: names of other entries. */
export interface WorkloadDescription {
  /** An entry of `images`. */
  readonly image: string;
  /** Entries of `postgres`, `redis`, `services` and `hosts` it may connect to; `edge` for a private edge. */
  readonly uses: readonly string[];
  /** Jobs that must have ended with success before it starts. */
  readonly after?: readonly string[];
  /** Plain variables made of other components' outputs. Never secrets. */
  readonly links?: (connections: Connections) => Readonly<Record<string, pulumi.Input<string>>>;
}

/** A Docker host, and the jobs that must have ended with success before it changes. */
export interface HostDescription extends DockerHostSpec {
  readonly after?: readonly string[];
}

export type JobDescription = OneOffJobSpec & WorkloadDescription;
export type ServiceDescription = ContainerServiceSpec & WorkloadDescription;
