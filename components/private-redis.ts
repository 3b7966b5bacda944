import type * as pulumi from "@pulumi/pulumi";
import type { Attachment, Endpoint } from "./attachment";
import type { Builder } from "./builder";
import { Component, type ComponentOptions } from "./component";
import type { PrivateNetwork } from "./private-network";

/** A Redis-compatible cache. Always private, with TLS, a password and encryption at rest. */
export interface PrivateRedisSpec {
  /** Major version of the Redis protocol, e.g. `7`. */
  readonly version: string;
  /** Memory wished for, MiB; the smallest offered size with at least this is taken. */
  readonly memoryMiB: number;
  /** A replica in a second zone with automatic failover. Default by profile. */
  readonly highAvailability?: boolean;
  /** Name of the container on a Docker host. Default: made by Portolan. Clouds name by themselves. */
  readonly containerName?: string;
  /** What is dropped when memory is full. Default `allkeys-lru`. In place. */
  readonly eviction?: "allkeys-lru" | "volatile-lru" | "volatile-ttl" | "noeviction";
}

export interface PrivateRedisLinks {
  readonly network: PrivateNetwork;
}

export interface PrivateRedisOutputs {
  /** Host name or address, private. */
  readonly host: pulumi.Output<string>;
  readonly port: number;
  /** Secret. Letters and digits only, so that it can stand in a `rediss://` URL. */
  readonly password: pulumi.Output<string>;
  /** Certificate authority for clients, PEM; undefined when a public one signed. */
  readonly caPem?: pulumi.Output<string>;
  readonly endpoint: Endpoint;
  readonly attachment: Attachment;
}

export type PrivateRedisBuilder = Builder<PrivateRedisSpec, PrivateRedisLinks, PrivateRedisOutputs>;

export class PrivateRedis extends Component<PrivateRedisSpec> implements PrivateRedisOutputs {
  readonly host: pulumi.Output<string>;
  readonly port: number;
  readonly password: pulumi.Output<string>;
  readonly caPem?: pulumi.Output<string>;
  readonly endpoint: Endpoint;
  readonly attachment: Attachment;

  constructor(name: string, args: PrivateRedisSpec & PrivateRedisLinks, options: ComponentOptions) {
    const { network, ...spec } = args;
    super("PrivateRedis", name, spec, options);
    const outputs = options.platform.privateRedis.build(
      this.request(name, spec, { network }, options),
    );
    this.host = outputs.host;
    this.port = outputs.port;
    this.password = outputs.password;
    this.caPem = outputs.caPem;
    this.endpoint = outputs.endpoint;
    this.attachment = outputs.attachment;
    this.registerOutputs({ host: this.host, port: this.port });
  }
}
