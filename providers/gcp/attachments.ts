import type * as pulumi from "@pulumi/pulumi";
import type { Repository } from "@pulumi/gcp/artifactregistry";
import type {
  HealthCheck,
  InstanceGroup,
  GlobalAddress,
  Network,
  RegionSslPolicy,
  SecurityPolicy,
  SSLPolicy,
  Subnetwork,
} from "@pulumi/gcp/compute";
import { attachmentOf, type Attachment } from "../../components/attachment";
import type { Backend } from "../../components/https-edge";
import type { Certificates } from "./certificates";
import type { Front } from "./front";
import type { Ranges } from "./ranges";

interface GcpAttachment extends Attachment {
  readonly cloud: "gcp";
}

export interface NetworkAttachment extends GcpAttachment {
  readonly kind: "network";
  readonly network: Network;
  readonly subnetwork: Subnetwork;
  readonly ranges: Ranges;
  /** The peering with the stores' network: every private store depends on it. */
  readonly stores: pulumi.Resource;
  /** Whether there is a way out to the internet. */
  readonly hasOutbound: boolean;
  /** Rules and the way out: a workload starts when they are there. */
  readonly ready: readonly pulumi.Resource[];
}

export interface StoreAttachment extends GcpAttachment {
  readonly kind: "store";
  /** Private IPv4 address: the only destination its clients are let through to. */
  readonly address: pulumi.Output<string>;
  /** Authority that signed its certificate. */
  readonly caPem: pulumi.Output<string>;
  /** `<project>:<instance>` of Cloud SQL or the full name of a Memorystore instance. */
  readonly metricId: pulumi.Output<string>;
  /** Open connections the server accepts; only for databases. */
  readonly maxConnections?: number;
  /** Must be there before a client starts. */
  readonly ready: readonly pulumi.Resource[];
}

export interface ImageAttachment extends GcpAttachment {
  readonly kind: "image";
  /** Repository of the stack that holds it; absent for Google's own. */
  readonly repository?: Repository;
  /** Repository, and the push where the image is built here. */
  readonly ready: readonly pulumi.Resource[];
}

export interface SecretAttachment extends GcpAttachment {
  readonly kind: "secret";
  /** Full name `projects/<project>/secrets/<id>`, which grants need. */
  readonly resource: pulumi.Output<string>;
  /** What a revision refers to. */
  readonly secret: pulumi.Output<string>;
  /** A number, so that another value makes another revision; `latest` for existing entries. */
  readonly version: pulumi.Output<string>;
  readonly ready: readonly pulumi.Resource[];
}

export interface ServiceAttachment extends GcpAttachment {
  readonly kind: "service";
  readonly serviceName: pulumi.Output<string>;
  /** `https://` address that Cloud Run gave it. */
  readonly uri: pulumi.Output<string>;
  /** Whether callers must be granted the invoker role one by one. */
  readonly checksInvoker: boolean;
}

export interface JobAttachment extends GcpAttachment {
  readonly kind: "job";
  /** Start of the job's name; the rest differs from version to version. */
  readonly namePrefix: string;
}

/** An address inside the network that workloads may be let through to. */
export interface AddressAttachment extends GcpAttachment {
  readonly kind: "address";
  readonly address: pulumi.Output<string>;
  readonly ready: readonly pulumi.Resource[];
}

export interface FilesAttachment extends GcpAttachment {
  readonly kind: "files";
  readonly bucket: pulumi.Output<string>;
  readonly mountOptions: readonly string[];
}

export interface ArchiveAttachment extends GcpAttachment {
  readonly kind: "archive";
  readonly bucket: pulumi.Output<string>;
}

export interface HostAttachment extends GcpAttachment {
  readonly kind: "host";
  /** The machine, as a backend of the load balancer, and how that finds it well. */
  readonly group: InstanceGroup;
  readonly healthCheck: HealthCheck;
  /** Port of the group by name. */
  readonly portName: string;
  /** Number of the machine, by which its logs and metrics are found. */
  readonly instanceId: pulumi.Output<string>;
  /** The release has succeeded: traffic may come. */
  readonly ready: readonly pulumi.Resource[];
}

/** What an edge on a public address has before there is a service. */
export interface PublicFront {
  readonly kind: "public";
  readonly address: GlobalAddress;
  readonly securityPolicy: SecurityPolicy;
  readonly sslPolicy: SSLPolicy;
  readonly certificates: Certificates;
}

/** The same on an address of the network. */
export interface PrivateFront {
  readonly kind: "private";
  readonly network: Network;
  readonly subnetwork: Subnetwork;
  readonly address: pulumi.Output<string>;
  readonly sslPolicy: RegionSslPolicy;
  readonly certificate: pulumi.Output<string>;
  /** The balancer's proxies have addresses. */
  readonly ready: readonly pulumi.Resource[];
}

export interface EdgeAttachment extends GcpAttachment {
  readonly kind: "edge";
  readonly face: PublicFront | PrivateFront;
  readonly hosts: readonly string[];
  /** What the services behind it must know: stickiness and request time. */
  readonly backends: Readonly<Record<string, Backend>>;
  /** Proxies beside the programs, by backend. */
  readonly fronts: Readonly<Record<string, Front>>;
  readonly idleTimeoutSeconds: number;
}

export const gcp = <A extends GcpAttachment>(attachment: Attachment): A =>
  attachmentOf<A>(attachment, "gcp");
