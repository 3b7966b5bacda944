import type { Builder } from "./builder";
import { Component, type ComponentOptions } from "./component";
import type { ContainerService } from "./container-service";
import type { ManagedPostgres } from "./managed-postgres";
import type { OneOffJob } from "./one-off-job";
import type { PrivateNetwork } from "./private-network";
import type { SecretRef } from "./secret-bundle";
import type { WormArchive } from "./worm-archive";

/** The security team's own log system. Each platform feeds the one that it can feed by itself. */
export type Siem =
  /** Splunk's HTTP event collector; `token` names a secret. */
  | { readonly kind: "splunk"; readonly url: string; readonly token: string }
  /** Microsoft Sentinel on the stack's Log Analytics workspace. */
  | { readonly kind: "sentinel" }
  /** A Pub/Sub topic that the SIEM's collector reads. */
  | { readonly kind: "pubsub" }
  /** RFC 5424 over TLS, e.g. `siem.example.com:6514`; `caFile` is on the host that sends. */
  | { readonly kind: "syslog"; readonly address: string; readonly caFile?: string };

/** Copies log lines out of the reach of whoever runs the application, while they are written. */
export interface LogArchiveSpec {
  /** Services, jobs and databases whose logs are audit logs. */
  readonly sources: readonly string[];
  /**
   * Entry of `archives` they are written to, with `writers: logs`. Absent where the platform keeps
   * no archive of its own; then a SIEM is needed.
   */
  readonly archive?: string;
  /** Default: no SIEM. */
  readonly siem?: Siem;
}

export interface LogArchiveLinks {
  readonly network: PrivateNetwork;
  /** The entry named by the description. */
  readonly archive?: WormArchive;
  /** The SIEM's token, where it has one. */
  readonly token?: SecretRef;
  readonly services: Readonly<Record<string, ContainerService>>;
  readonly jobs: Readonly<Record<string, OneOffJob>>;
  readonly postgres: Readonly<Record<string, ManagedPostgres>>;
}

export type LogArchiveBuilder = Builder<LogArchiveSpec, LogArchiveLinks, object>;

export class LogArchive extends Component<LogArchiveSpec> {
  constructor(
    name: string,
    spec: LogArchiveSpec,
    links: LogArchiveLinks,
    options: ComponentOptions,
  ) {
    super("LogArchive", name, spec, options);
    options.platform.logArchive.build(this.request(name, spec, links, options));
    this.registerOutputs({});
  }
}
