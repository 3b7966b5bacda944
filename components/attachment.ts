import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "./cloud";

/**
 * What one component of a cloud hands to another of the same cloud (ids, groups, zones). The
 * cloud-neutral side passes it on and never looks inside.
 */
export interface Attachment {
  readonly cloud: Cloud;
}

/** A store or service that a workload may be allowed to connect to. */
export interface Endpoint {
  /** Name of the component behind it; names the rules that open the way. */
  readonly name: string;
  /** TCP port it listens on. */
  readonly port: number;
  /**
   * Certificate authority of its TLS certificate, PEM; absent when clients trust it already.
   * Handed to clients that name a `caFileVariable`.
   */
  readonly caPem?: pulumi.Output<string>;
  readonly attachment: Attachment;
}

/** Narrows an attachment to a cloud's own kind; mixing clouds in one stack is a program error. */
export function attachmentOf<A extends Attachment>(attachment: Attachment, cloud: A["cloud"]): A {
  if (attachment.cloud !== cloud) {
    throw new Error(`a component of ${attachment.cloud} was given to a component of ${cloud}`);
  }
  return attachment as A;
}
