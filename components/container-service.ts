import type * as pulumi from "@pulumi/pulumi";
import type { Attachment, Endpoint } from "./attachment";
import type { Builder } from "./builder";
import { Component, type ComponentOptions } from "./component";
import type { HttpsEdge } from "./https-edge";
import { withUses, type WorkloadLinks, type WorkloadSpec } from "./workload";

/** How the platform finds out whether a replica may get traffic. */
export interface HealthCheck {
  /** Path that answers 200, and nothing else, when the replica works. */
  readonly path: string;
  /** Seconds between two checks. */
  readonly intervalSeconds: number;
  /** Seconds until a check counts as failed; less than the interval. */
  readonly timeoutSeconds: number;
  /** Good checks in a row before traffic comes. */
  readonly healthyAfter: number;
  /** Failed checks in a row before traffic stops. */
  readonly unhealthyAfter: number;
  /** Seconds after the start in which failures do not count. */
  readonly startSeconds: number;
}

/** Replicas, and what adds one. */
export interface Scaling {
  readonly min: number;
  readonly max: number;
  /** Average CPU use, percent, above which a replica is added. Default 65. */
  readonly cpuPercent?: number;
}

/** A long-running container with replicas. Reached through an edge or by other workloads only. */
export interface ContainerServiceSpec extends WorkloadSpec {
  /** TCP port the container listens on. */
  readonly port: number;
  readonly health: HealthCheck;
  readonly scaling: Scaling;
  /** Seconds between the stop signal and the end. Limits: Fargate 120, Cloud Run 10. */
  readonly stopGraceSeconds: number;
  /**
   * Works between requests too (queues, outbox): CPU stays allocated and one replica stays up.
   * Default false.
   */
  readonly backgroundWork?: boolean;
  /** One graphics processor with at least this much memory, GiB. Default: none. */
  readonly gpuMemoryGiB?: number;
  /**
   * Name of the container on a Docker host, for neighbours that know it by name. A release then
   * stops the old one before the new one starts. Clouds name by themselves.
   */
  readonly containerName?: string;
}

export interface ContainerServiceLinks extends WorkloadLinks {
  /** The edge that routes to it; absent for services that only other workloads call. */
  readonly edge?: HttpsEdge;
}

export interface ContainerServiceOutputs {
  /** For other workloads of the stack that call it. */
  readonly endpoint: Endpoint;
  /** Host name inside the network. */
  readonly internalHost: pulumi.Output<string>;
  /** Revision that was asked for: names the version that must be seen running. */
  readonly revision: pulumi.Output<string>;
  readonly attachment: Attachment;
}

export type ContainerServiceBuilder = Builder<
  ContainerServiceSpec,
  ContainerServiceLinks,
  ContainerServiceOutputs
>;

export class ContainerService
  extends Component<ContainerServiceSpec>
  implements ContainerServiceOutputs
{
  readonly endpoint: Endpoint;
  readonly internalHost: pulumi.Output<string>;
  readonly revision: pulumi.Output<string>;
  readonly attachment: Attachment;

  constructor(
    name: string,
    spec: ContainerServiceSpec,
    links: ContainerServiceLinks,
    options: ComponentOptions,
  ) {
    super("ContainerService", name, withUses(spec, links), options);
    const outputs = options.platform.containerService.build(
      this.request(name, spec, links, options),
    );
    this.endpoint = outputs.endpoint;
    this.internalHost = outputs.internalHost;
    this.revision = outputs.revision;
    this.attachment = outputs.attachment;
    this.registerOutputs({ internalHost: this.internalHost, revision: this.revision });
  }
}
