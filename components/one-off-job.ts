import type * as pulumi from "@pulumi/pulumi";
import type { Attachment } from "./attachment";
import type { Builder } from "./builder";
import { Component, type ComponentOptions } from "./component";
import { withUses, type WorkloadLinks, type WorkloadSpec } from "./workload";

/**
 * A container that runs once to its end inside `pulumi up`: a migration. Whatever depends on the
 * job waits for it, and a non-zero exit code fails the update before anything else is touched. A
 * preview never runs it. It runs again when its image, command or environment changes.
 */
export interface OneOffJobSpec extends WorkloadSpec {
  /** Seconds after which it counts as failed; at most 840 (a Lambda waits for it on AWS). */
  readonly timeoutSeconds: number;
}

export interface OneOffJobOutputs {
  /** Complete only when the run ended with exit code 0. */
  readonly completed: pulumi.Resource;
  readonly attachment: Attachment;
}

export type OneOffJobBuilder = Builder<OneOffJobSpec, WorkloadLinks, OneOffJobOutputs>;

export class OneOffJob extends Component<OneOffJobSpec> implements OneOffJobOutputs {
  readonly completed: pulumi.Resource;
  readonly attachment: Attachment;

  constructor(name: string, spec: OneOffJobSpec, links: WorkloadLinks, options: ComponentOptions) {
    super("OneOffJob", name, withUses(spec, links), options);
    const outputs = options.platform.oneOffJob.build(this.request(name, spec, links, options));
    this.completed = outputs.completed;
    this.attachment = outputs.attachment;
    this.registerOutputs({});
  }
}
