import type { Attachment } from "./attachment";
import type { Builder } from "./builder";
import { Component, type ComponentOptions } from "./component";

/** The stack's own network. Nothing in it has a public address except what an edge brings. */
export interface PrivateNetworkSpec {
  /**
   * IPv4 range of the network, a /16 to /20. Default `10.40.0.0/16`. A change replaces the network
   * and everything in it.
   */
  readonly cidr?: string;
  /** Availability zones used, 2 or 3. Default by profile. Adding one is in place. */
  readonly zones?: number;
  /**
   * Way out to the internet for workloads that need it: `single` has one gateway, `zonal` one per
   * zone (survives a zone), `none` has no way out and reaches the cloud's own services privately.
   * Default by profile. In place, with a short break of outbound connections.
   */
  readonly outbound?: "none" | "single" | "zonal";
  /** Days that connection logs are kept. Default by profile. In place. */
  readonly flowLogDays?: number;
}

export type PrivateNetworkLinks = object;

export interface PrivateNetworkOutputs {
  readonly attachment: Attachment;
}

export type PrivateNetworkBuilder = Builder<
  PrivateNetworkSpec,
  PrivateNetworkLinks,
  PrivateNetworkOutputs
>;

export class PrivateNetwork extends Component<PrivateNetworkSpec> {
  readonly attachment: Attachment;

  constructor(name: string, spec: PrivateNetworkSpec, options: ComponentOptions) {
    super("PrivateNetwork", name, spec, options);
    const outputs = options.platform.privateNetwork.build(this.request(name, spec, {}, options));
    this.attachment = outputs.attachment;
    this.registerOutputs({});
  }
}
