import type * as pulumi from "@pulumi/pulumi";
import type { Attachment } from "./attachment";
import type { Builder } from "./builder";
import { Component, type ComponentOptions } from "./component";
import { generate } from "./generated-secret";

/** Where the value of one secret comes from. */
export type SecretSource =
  /** Made once by the program and kept in the (encrypted) state. */
  | GeneratedSecret
  /** Given by another component or by `pulumi config set --secret`; see `values`. */
  | { readonly kind: "value" }
  /** Already in the cloud's secret store; only its identifier is given (ARN, id or path). */
  | { readonly kind: "existing"; readonly id: string };

export interface GeneratedSecret {
  readonly kind: "generated";
  /** Random bytes, at least 16. */
  readonly bytes: number;
  /** Text form. `base64` of 32 bytes has 44 characters, `hex` 64. One line, always. */
  readonly encoding: "base64" | "hex";
  /**
   * Whether a new value may ever be made. `never` for keys that encrypt stored data: the value is
   * protected against replacement.
   */
  readonly rotation: "allowed" | "never";
  /** Why it must never change: whoever asks for a rotation is told so. Given with `never`. */
  readonly why?: string;
  /** Rotation label, e.g. `2026-11`. Another label makes a new value; refused for `never`. */
  readonly generation?: string;
}

/** The secrets of a system, in the cloud's secret store. Each identity may read only its own. */
export interface SecretBundleSpec {
  /** By name in kebab-case; the name is part of the store's entry. */
  readonly entries: Readonly<Record<string, SecretSource>>;
  /** Encrypt with a key of this stack instead of the cloud's own. Default by profile. */
  readonly customerKey?: boolean;
}

export interface SecretBundleLinks {
  /** Values of the entries of kind `value`; marked secret on the way in. */
  readonly values: Readonly<Record<string, pulumi.Input<string>>>;
}

/** One stored secret, as workloads refer to it. */
export interface SecretRef {
  readonly name: string;
  readonly attachment: Attachment;
}

export interface SecretBundleOutputs {
  readonly refs: Readonly<Record<string, SecretRef>>;
}

/** What a cloud gets: every value, generated or given, except those that exist already. */
export type SecretBundleBuilder = Builder<SecretBundleSpec, SecretBundleLinks, SecretBundleOutputs>;

export class SecretBundle extends Component<SecretBundleSpec> implements SecretBundleOutputs {
  readonly refs: Readonly<Record<string, SecretRef>>;

  constructor(name: string, args: SecretBundleSpec & SecretBundleLinks, options: ComponentOptions) {
    const { values, ...spec } = args;
    super("SecretBundle", name, spec, options);
    const { platform } = options;
    const generated = generate(name, spec.entries, this, platform.environment);
    const outputs = platform.secretBundle.build(
      this.request(name, spec, { values: { ...values, ...generated } }, options),
    );
    this.refs = outputs.refs;
    this.registerOutputs({});
  }

  /** The reference of one entry; a name that is not in the bundle is a program error. */
  ref(entry: string): SecretRef {
    const ref = this.refs[entry];
    if (!ref) throw new Error(`there is no secret "${entry}" in the bundle`);
    return ref;
  }
}
