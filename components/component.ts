import * as pulumi from "@pulumi/pulumi";
import type { BuildRequest } from "./builder";
import type { Platform } from "./platform";

/** Options of every component: Pulumi's own, and the platform that implements it. */
export interface ComponentOptions extends pulumi.ComponentResourceOptions {
  /** The loaded cloud. One per stack, from `providers/load.ts`. */
  readonly platform: Platform;
}

/**
 * Base of every component. Its type token is the same on every cloud and its inputs are the plain
 * description, which holds no secret: reviewers and policies read it even while ids are unknown.
 */
export abstract class Component<Spec extends object> extends pulumi.ComponentResource {
  protected constructor(kind: string, name: string, spec: Spec, options: ComponentOptions) {
    const { platform: _platform, ...rest } = options;
    super(`portolan:components:${kind}`, name, { ...spec }, rest);
  }
  /** What a cloud's builder is asked for; all that it makes is this component's child. */
  protected request<Links>(
    name: string,
    spec: Spec,
    links: Links,
    { platform }: ComponentOptions,
  ): BuildRequest<Spec, Links> {
    return { name, spec, links, parent: this, environment: platform.environment };
  }
}
