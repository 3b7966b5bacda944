import type * as pulumi from "@pulumi/pulumi";
import type { Attachment } from "./attachment";
import type { Builder } from "./builder";
import { Component, type ComponentOptions } from "./component";

/** Where the bytes of an image come from. Every form is immutable; `latest` is refused. */
export type ImageSource =
  /** Pushed to this stack's own registry under a release tag, e.g. `0.1.0`. */
  | { readonly kind: "version"; readonly version: string }
  /** Pushed to this stack's own registry; named by digest, `sha256:…`. */
  | { readonly kind: "digest"; readonly digest: string }
  /** Somebody else's registry: a full reference with a tag or a digest. */
  | { readonly kind: "reference"; readonly reference: string }
  /** Built from a folder during `pulumi up` and pushed to this stack's own registry. */
  | ImageBuild;

export interface ImageBuild {
  readonly kind: "build";
  /** Build context, relative to the project's folder. */
  readonly context: string;
  /** Dockerfile, relative to the project's folder. */
  readonly dockerfile: string;
  /** Release tag of what is built, e.g. `0.1.0`. */
  readonly version: string;
  /** Build arguments. Compiled into the image: never a secret. */
  readonly args?: Readonly<Record<string, string>>;
  /** Stage to build. Default: the last one. */
  readonly target?: string;
}

/** One image and, unless it is foreign, its repository in the cloud's registry. */
export interface ImageSpec {
  /** Name of the repository, e.g. `lattice-policy-api`. */
  readonly repository: string;
  readonly source: ImageSource;
  /** Released images kept in the repository. Default 30. */
  readonly keep?: number;
}

export type ImageLinks = object;

export interface ImageOutputs {
  /** Reference that containers run: registry, repository and tag or digest. */
  readonly reference: pulumi.Output<string>;
  /** Where to push; undefined for a foreign reference. */
  readonly repositoryUrl?: pulumi.Output<string>;
  readonly attachment: Attachment;
}

export type ImageBuilder = Builder<ImageSpec, ImageLinks, ImageOutputs>;

export class Image extends Component<ImageSpec> implements ImageOutputs {
  readonly reference: pulumi.Output<string>;
  readonly repositoryUrl?: pulumi.Output<string>;
  readonly attachment: Attachment;

  constructor(name: string, spec: ImageSpec, options: ComponentOptions) {
    super("Image", name, spec, options);
    const outputs = options.platform.image.build(this.request(name, spec, {}, options));
    this.reference = outputs.reference;
    this.repositoryUrl = outputs.repositoryUrl;
    this.attachment = outputs.attachment;
    this.registerOutputs({ reference: this.reference, repositoryUrl: this.repositoryUrl });
  }
}
