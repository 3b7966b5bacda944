import type * as pulumi from "@pulumi/pulumi";
import type { Attachment, Endpoint } from "./attachment";
import type { Builder } from "./builder";
import { Component, type ComponentOptions } from "./component";
import type { Siem } from "./log-archive";
import type { PrivateNetwork } from "./private-network";

/** A PostgreSQL server with one database. Always private, encrypted, backed up and TLS-only. */
export interface ManagedPostgresSpec {
  /** Major version, e.g. `16`. A change is a major upgrade with downtime. */
  readonly version: string;
  /** Name of the database. A change replaces the server, which a protected stack refuses. */
  readonly database: string;
  /** vCPUs wished for; the smallest offered size with at least this and the memory is taken. */
  readonly cpu: number;
  /** Memory wished for, MiB. A change restarts the server. */
  readonly memoryMiB: number;
  /** Disk, GiB. Grows in place, never shrinks. */
  readonly storageGiB: number;
  /** Disk may grow by itself up to this, GiB. Default: no more than `storageGiB`. */
  readonly maxStorageGiB?: number;
  /** A standby in a second zone. Default by profile. In place. */
  readonly highAvailability?: boolean;
  /** Days of automated backups with point-in-time recovery, 7 to 35. In place. */
  readonly backupDays: number;
  /** Backups are also kept in a second region. Default false. Replaces the server on Azure. */
  readonly geoRedundantBackup?: boolean;
  /** Encrypt with a key of this stack instead of the cloud's own. Fixed at creation. */
  readonly customerKey?: boolean;
  /** Extensions that migrations may create; allow-listed where the cloud asks for it. */
  readonly extensions?: readonly string[];
  /** Server parameters by PostgreSQL name. Static ones take effect at the next restart. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Name of the container on a Docker host. Default: made by Portolan. Clouds name by themselves. */
  readonly containerName?: string;
  /** Days that the server's log is kept in the log store. */
  readonly logDays: number;
}

export interface ManagedPostgresLinks {
  readonly network: PrivateNetwork;
  /** As `WorkloadLinks.siem`. */
  readonly siem?: Siem;
}

export interface ManagedPostgresOutputs {
  /** Host name, private. */
  readonly host: pulumi.Output<string>;
  readonly port: number;
  /** Administrator's login: for the bootstrap job only, never for the application. */
  readonly adminUser: pulumi.Output<string>;
  readonly adminPassword: pulumi.Output<string>;
  /**
   * Certificate authority that signed the server's certificate, PEM, or undefined when clients
   * trust it already (Azure) or the platform publishes a bundle for images to carry (AWS).
   */
  readonly caPem?: pulumi.Output<string>;
  readonly endpoint: Endpoint;
  /** Alarms and reports find the server by this. */
  readonly attachment: Attachment;
}

export type ManagedPostgresBuilder = Builder<
  ManagedPostgresSpec,
  ManagedPostgresLinks,
  ManagedPostgresOutputs
>;

export class ManagedPostgres
  extends Component<ManagedPostgresSpec>
  implements ManagedPostgresOutputs
{
  readonly host: pulumi.Output<string>;
  readonly port: number;
  readonly database: string;
  readonly adminUser: pulumi.Output<string>;
  readonly adminPassword: pulumi.Output<string>;
  readonly caPem?: pulumi.Output<string>;
  readonly endpoint: Endpoint;
  readonly attachment: Attachment;

  constructor(
    name: string,
    args: ManagedPostgresSpec & ManagedPostgresLinks,
    options: ComponentOptions,
  ) {
    const { network, siem, ...spec } = args;
    super("ManagedPostgres", name, spec, options);
    const outputs = options.platform.managedPostgres.build(
      this.request(name, spec, { network, ...(siem ? { siem } : {}) }, options),
    );
    this.host = outputs.host;
    this.port = outputs.port;
    this.database = spec.database;
    this.adminUser = outputs.adminUser;
    this.adminPassword = outputs.adminPassword;
    this.caPem = outputs.caPem;
    this.endpoint = outputs.endpoint;
    this.attachment = outputs.attachment;
    this.registerOutputs({ host: this.host, port: this.port });
  }
}
