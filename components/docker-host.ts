import type * as pulumi from "@pulumi/pulumi";
import type { Attachment, Endpoint } from "./attachment";
import type { Builder } from "./builder";
import { Component, type ComponentOptions } from "./component";
import type { HealthCheck } from "./container-service";
import type { HttpsEdge } from "./https-edge";
import type { Image } from "./image";
import type { PrivateNetwork } from "./private-network";
import type { SecretRef } from "./secret-bundle";

/** A network of the host's own Docker engine, under exactly this name. */
export interface HostNetwork {
  /** No way out of the host. Default false. */
  readonly internal?: boolean;
}

/** A container that the host keeps running: no privileges, no capabilities, read-only root. */
export interface HostContainer {
  /** An entry of the description's `images`. */
  readonly image: string;
  /** Program and arguments. Default: the image's own. */
  readonly command?: readonly string[];
  /** Numeric user. 0 (root) is refused. */
  readonly uid: number;
  /** Numeric group. Default: the same as `uid`. */
  readonly gid?: number;
  /** vCPUs it may use at most. */
  readonly cpu: number;
  /** Memory it may use at most, MiB. */
  readonly memoryMiB: number;
  /** Networks it is attached to. */
  readonly networks: readonly string[];
  /** Path → volume. */
  readonly volumes?: Readonly<Record<string, string>>;
  /** Folders that must be writable, emptied with the container. Default: `/tmp`. */
  readonly scratch?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Environment variable → name of the secret it is filled from, at start. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Labels, as reverse proxies read them. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The engine's socket is mounted. Only for a filter that speaks to it for others. Default false. */
  readonly engineSocket?: boolean;
  /** Checked from inside. Absent: running counts as healthy. */
  readonly health?: HealthCheck & { readonly port: number };
  /** Containers that must run first. */
  readonly after?: readonly string[];
  /** Seconds between the stop signal and the end. Default 10. */
  readonly stopGraceSeconds?: number;
}

/** A copy of one volume every day and before every release, encrypted with a key of the stack. */
export interface HostBackup {
  /** An entry of the description's `images`; runs once per backup and prints the copy on its standard output. */
  readonly image: string;
  readonly command: readonly string[];
  readonly uid: number;
  /** Path → volume. */
  readonly volumes: Readonly<Record<string, string>>;
  /** Copies kept. */
  readonly keep: number;
}

/**
 * A machine with a Docker engine of its own, for applications that make containers. On clouds a
 * virtual machine without a public address and without SSH, whose data disk survives it; on a
 * Docker host the host itself.
 */
export interface DockerHostSpec {
  /** vCPUs wished for; the smallest offered size with at least this and the memory is taken. */
  readonly cpu: number;
  /** Memory wished for, MiB. */
  readonly memoryMiB: number;
  /** Data disk, GiB, encrypted. Volumes lie on it. Survives replacement of the machine; grows in place. */
  readonly dataGiB: number;
  readonly networks: Readonly<Record<string, HostNetwork>>;
  readonly volumes: readonly string[];
  readonly containers: Readonly<Record<string, HostContainer>>;
  /** Images that must be there although no described container runs them: entry of `images` → local name with tag. */
  readonly preload?: Readonly<Record<string, string>>;
  /** The one way in: a container and its port, reached by the edge alone. */
  readonly entry: {
    readonly container: string;
    readonly port: number;
    readonly health: HealthCheck;
  };
  readonly backup: HostBackup;
  /** Outbound connections of the containers: `https` opens TCP 443 to the internet. Default `none`. */
  readonly egress?: "none" | "https";
  /** Days that the containers' logs are kept. */
  readonly logDays: number;
}

export interface DockerHostLinks {
  readonly network: PrivateNetwork;
  readonly images: Readonly<Record<string, Image>>;
  /** The entries named by its containers. Its identity may read these and no others. */
  readonly secrets: Readonly<Record<string, SecretRef>>;
  /** The edge that routes to its entry. */
  readonly edge?: HttpsEdge;
  readonly after: readonly pulumi.Resource[];
}

export interface DockerHostOutputs {
  /** Host name or address inside the network. */
  readonly internalHost: pulumi.Output<string>;
  /** What was asked to run: names the set of images and settings. */
  readonly revision: pulumi.Output<string>;
  readonly endpoint: Endpoint;
  readonly attachment: Attachment;
}

export type DockerHostBuilder = Builder<DockerHostSpec, DockerHostLinks, DockerHostOutputs>;

export class DockerHost extends Component<DockerHostSpec> implements DockerHostOutputs {
  readonly internalHost: pulumi.Output<string>;
  readonly revision: pulumi.Output<string>;
  readonly endpoint: Endpoint;
  readonly attachment: Attachment;

  constructor(
    name: string,
    spec: DockerHostSpec,
    links: DockerHostLinks,
    options: ComponentOptions,
  ) {
    super("DockerHost", name, spec, options);
    const outputs = options.platform.dockerHost.build(this.request(name, spec, links, options));
    this.internalHost = outputs.internalHost;
    this.revision = outputs.revision;
    this.endpoint = outputs.endpoint;
    this.attachment = outputs.attachment;
    this.registerOutputs({ internalHost: this.internalHost, revision: this.revision });
  }
}
