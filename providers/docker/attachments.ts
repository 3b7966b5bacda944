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
  /** Bridge with a way out; absent where the network has none. */
  readonly egress?: HostNetwork;
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

export interface ServiceAttachment extends Attachment {
  readonly cloud: "docker";
  /** Host names of the replicas of the wanted revision. */
  readonly replicas: readonly string[];
  /** Exist when the replicas are up and healthy. */
  readonly containers: readonly pulumi.Resource[];
}

export interface EdgeAttachment extends Attachment {
  readonly cloud: "docker";
  /** Backend → the network it shares with the edge. */
  readonly networks: Readonly<Record<string, HostNetwork>>;
  /** Volume with the edge's administration socket. */
  readonly control: pulumi.Output<string>;
  /** Volume with the access log. */
  readonly logs: pulumi.Output<string>;
  /** The network on which the edge's own certificate can be looked at. */
  readonly front: HostNetwork;
  readonly keeper: Keeper;
  /** How a replica of each backend is asked for its health. */
  readonly health: Readonly<
    Record<
      string,
      { readonly port: number; readonly path: string; readonly timeoutSeconds: number }
    >
  >;
  readonly certificates: "acme" | "internal";
  /** Host names it serves. */
  readonly hosts: readonly string[];
  /** Content of its image, as far as the program knows it: another one starts without routes. */
  readonly identity: string;
  readonly container: pulumi.Resource;
}
