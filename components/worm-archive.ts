import type * as pulumi from "@pulumi/pulumi";
import type { Attachment } from "./attachment";
import type { Builder } from "./builder";
import { Component, type ComponentOptions } from "./component";
import type { PrivateNetwork } from "./private-network";

/**
 * A store whose objects nobody changes or deletes before their time. Encrypted with a key of the
 * stack, versioned, never public. Bucket and key outlive a destroy of the stack.
 */
export interface WormArchiveSpec {
  /** Days that every object is locked, from the moment it is written. Never shortened in production. */
  readonly retentionDays: number;
  /**
   * `compliance`: nobody, the account's owner included, can delete before the time. `governance`:
   * holders of a special right can; for stacks that must be cleaned up.
   */
  readonly mode: "compliance" | "governance";
  /**
   * `workloads`: containers write through the S3 API, with the lock headers. `logs`: the platform's
   * log export writes; see `LogArchive`.
   */
  readonly writers: "workloads" | "logs";
  /** Days after which objects move to a cheaper class that still reads at once. Default: never. */
  readonly coolAfterDays?: number;
  /** Days after which objects move to a class that takes hours to read. Default: never. */
  readonly coldAfterDays?: number;
  /** Days that the record of who read and wrote is kept. */
  readonly accessLogDays: number;
}

export interface WormArchiveLinks {
  readonly network: PrivateNetwork;
}

export interface WormArchiveOutputs {
  /** Name of the bucket or container. */
  readonly bucket: pulumi.Output<string>;
  /** Region of the S3 API; empty where there is no S3 API. */
  readonly region: pulumi.Output<string>;
  /** Address of the S3 API where it is not AWS's own. */
  readonly endpoint?: pulumi.Output<string>;
  /** Key pair of the writers where they have no identity of their own. Secret. */
  readonly credentials?: {
    readonly accessKeyId: pulumi.Output<string>;
    readonly secretAccessKey: pulumi.Output<string>;
  };
  readonly attachment: Attachment;
}

export type WormArchiveBuilder = Builder<WormArchiveSpec, WormArchiveLinks, WormArchiveOutputs>;

export class WormArchive extends Component<WormArchiveSpec> implements WormArchiveOutputs {
  readonly bucket: pulumi.Output<string>;
  readonly region: pulumi.Output<string>;
  readonly endpoint?: pulumi.Output<string>;
  readonly credentials?: WormArchiveOutputs["credentials"];
  readonly attachment: Attachment;

  constructor(name: string, args: WormArchiveSpec & WormArchiveLinks, options: ComponentOptions) {
    const { network, ...spec } = args;
    super("WormArchive", name, spec, options);
    const outputs = options.platform.wormArchive.build(
      this.request(name, spec, { network }, options),
    );
    this.bucket = outputs.bucket;
    this.region = outputs.region;
    this.endpoint = outputs.endpoint;
    this.credentials = outputs.credentials;
    this.attachment = outputs.attachment;
    this.registerOutputs({ bucket: this.bucket });
  }
}
