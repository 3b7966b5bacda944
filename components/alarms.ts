import type { Builder } from "./builder";
import { Component, type ComponentOptions } from "./component";
import type { ContainerService } from "./container-service";
import type { DockerHost } from "./docker-host";
import type { HttpsEdge } from "./https-edge";
import type { ManagedPostgres } from "./managed-postgres";
import type { OneOffJob } from "./one-off-job";
import type { PrivateRedis } from "./private-redis";

/**
 * One thing worth waking somebody for. `target` is the name of the component it watches; for errors,
 * latency and health a service or a Docker host. Where a
 * cloud measures differently, its parity table says how.
 */
export type Signal =
  /** Share of answers with a 5xx status, percent, once there are `minCount` of them. */
  | {
      readonly kind: "server-errors";
      readonly target: string;
      readonly abovePercent: number;
      readonly minCount: number;
      readonly forMinutes: number;
    }
  /** 95th percentile of the answer time, seconds. */
  | {
      readonly kind: "latency";
      readonly target: string;
      readonly aboveSeconds: number;
      readonly forMinutes: number;
    }
  /** Replicas that fail their health check. */
  | { readonly kind: "unhealthy"; readonly target: string; readonly forChecks: number }
  /** Containers that ended and were started again. */
  | {
      readonly kind: "restarts";
      readonly target: string;
      readonly count: number;
      readonly withinMinutes: number;
    }
  | {
      readonly kind: "postgres-cpu";
      readonly target: string;
      readonly abovePercent: number;
      readonly forMinutes: number;
    }
  /** Free disk, percent of the allocated size. */
  | { readonly kind: "postgres-storage"; readonly target: string; readonly belowPercent: number }
  /** Open connections, percent of the server's maximum. */
  | {
      readonly kind: "postgres-connections";
      readonly target: string;
      readonly abovePercent: number;
    }
  | {
      readonly kind: "redis-memory";
      readonly target: string;
      readonly abovePercent: number;
      readonly forMinutes: number;
    }
  /** A one-off job that ended with an error. */
  | { readonly kind: "job-failed"; readonly target: string }
  /** Log lines of a service that contain the text. */
  | {
      readonly kind: "log-pattern";
      readonly target: string;
      readonly pattern: string;
      readonly count: number;
      readonly withinMinutes: number;
    }
  /** No log line of a service contains the text for so long: something regular has stopped. */
  | {
      readonly kind: "log-silence";
      readonly target: string;
      readonly pattern: string;
      readonly forMinutes: number;
    }
  /** Days until the edge's certificate ends; `target` is `edge`. */
  | { readonly kind: "certificate"; readonly target: string; readonly belowDays: number }
  /** Used space of a Docker host's disks, percent. */
  | { readonly kind: "host-disk"; readonly target: string; readonly abovePercent: number }
  /** Age of a Docker host's last good backup. */
  | { readonly kind: "host-backup"; readonly target: string; readonly aboveHours: number };

export type SignalKind = Signal["kind"];

/** Who is told. At least one destination where the profile is prod. */
export interface Destinations {
  readonly emails?: readonly string[];
  /** HTTPS addresses that get a POST. */
  readonly webhooks?: readonly string[];
}

/** Alarms by name in kebab-case, and one place they all report to. */
export interface AlarmsSpec {
  readonly signals: Readonly<Record<string, Signal>>;
  readonly destinations: Destinations;
}

export interface AlarmsLinks {
  readonly edge: HttpsEdge | undefined;
  readonly services: Readonly<Record<string, ContainerService>>;
  readonly hosts: Readonly<Record<string, DockerHost>>;
  readonly jobs: Readonly<Record<string, OneOffJob>>;
  readonly postgres: Readonly<Record<string, ManagedPostgres>>;
  readonly redis: Readonly<Record<string, PrivateRedis>>;
}

export interface AlarmsBuilder extends Builder<AlarmsSpec, AlarmsLinks, object> {
  /** How each signal is measured on this cloud, in words, or why it is not. */
  readonly signals: { readonly [Kind in SignalKind]: string | { readonly unsupported: string } };
  /** Why the certificate of a private edge cannot be watched; absent where it can. */
  readonly privateCertificate?: string;
}

export class Alarms extends Component<AlarmsSpec> {
  constructor(name: string, spec: AlarmsSpec, links: AlarmsLinks, options: ComponentOptions) {
    super("Alarms", name, spec, options);
    options.platform.alarms.build(this.request(name, spec, links, options));
    this.registerOutputs({});
  }
}
