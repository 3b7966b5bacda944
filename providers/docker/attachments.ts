import type * as pulumi from "@pulumi/pulumi";
import type { Attachment } from "../../components/attachment";
import type { Keeper } from "./keeper";
import type { Settings } from "./settings";
import type { Subnets } from "./subnets";

/** A bridge network of the host. */
export interface HostNetwork {
  readonly name: pulumi.Output<string>;
  /** Its range. */
  readonly subnet: string;
}

/** The stack's share of the host. */
export interface NetworkAttachment extends Attachment {
  readonly cloud: "docker";
  readonly settings: Settings;
  readonly subnets: Subnets;
  readonly keeper: Keeper;
  /** Whether workloads may have a way out, each on a bridge of its own. */
  readonly outbound: boolean;
}

/** A store or service: the network that its clients join, and no others. */
export interface EndpointAttachment extends Attachment {
  readonly cloud: "docker";
  readonly network: HostNetwork;
}

/** A database, and the volume its backups go to. */
export interface PostgresAttachment extends EndpointAttachment {
  readonly backups: pulumi.Output<string>;
}

/** A folder that containers share. */
export interface FilesAttachment extends Attachment {
  readonly cloud: "docker";
  readonly volume: pulumi.Output<string>;
}

/** An object store: its clients join its network and trust its authority. */
export interface ArchiveAttachment extends EndpointAttachment {
  readonly caPem: pulumi.Output<string>;
}

export interface ImageAttachment extends Attachment {
  readonly cloud: "docker";
  /** Content of the image as far as the program knows it: reference, or what it is built from. */
  readonly identity: string;
  /** What containers run: the image's id on the host. */
  readonly image: pulumi.Output<string>;
}

export interface SecretAttachment extends Attachment {
  readonly cloud: "docker";
  readonly value: pulumi.Output<string>;
  /** Rotation label of a generated secret. */
  readonly generation: string;
}

export interface JobAttachment extends Attachment {
  readonly cloud: "docker";
}

/** A service, or a Docker host's entry. */
export interface ServiceAttachment extends Attachment {
  readonly cloud: "docker";
  /** Host names of the replicas of the wanted revision. */
  readonly replicas: readonly string[];
  /** Exist when the replicas are up and healthy. */
  readonly containers: readonly pulumi.Resource[];
  /** Where its backups go, if it has any of its own. */
  readonly backups?: pulumi.Output<string>;
}

/** An edge, of the stack or of the host. */
export interface EdgeAttachment extends Attachment {
  readonly cloud: "docker";
  /** Backend → the network on which it is asked for its health, and routed to by the stack's own edge. */
  readonly networks: Readonly<Record<string, HostNetwork>>;
  /** A network with a way out, for whoever reports on the edge. */
  readonly front: HostNetwork;
  readonly keeper: Keeper;
  /** How a replica of each backend is asked for its health. */
  readonly health: Readonly<
    Record<
      string,
      { readonly port: number; readonly path: string; readonly timeoutSeconds: number }
    >
  >;
  /** Absent where the host's proxy serves. */
  readonly own?: OwnEdge;
  /** The host's proxy, where it serves. */
  readonly existing?: {
    readonly network: string;
    /** Backend → variables by which the proxy learns of it. */
    readonly variables: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
}

/** What there is of an edge that the stack runs itself. */
export interface OwnEdge {
  /** Volume with the administration socket. */
  readonly control: pulumi.Output<string>;
  /** Volume with the access log. */
  readonly logs: pulumi.Output<string>;
  readonly certificates: "acme" | "internal";
  /** Host names it serves. */
  readonly hosts: readonly string[];
  /** Content of its image, as far as the program knows it: another one starts without routes. */
  readonly identity: string;
  readonly container: pulumi.Resource;
}
