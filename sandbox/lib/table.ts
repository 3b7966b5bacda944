import type { Rule as PolicyRule } from "../../policy/lib/rule";
import type { CloudObject } from "./store";
import type { Plain, Properties } from "./values";

/** Values that place an object: account and region, project and location, subscription ... */
export type Place = Readonly<Record<string, string>>;

/** What a table's function sees of the resource it describes. */
export interface Draft {
  /** Full type token, e.g. `aws:rds/instance:Instance`. */
  readonly type: string;
  readonly urn: string;
  /** Logical name: the last part of the URN. */
  readonly logicalName: string;
  /** Physical name of the row's `name` rule, else the logical name. */
  readonly name: string;
  /** Provider ID; empty while the ID itself is being made. */
  readonly id: string;
  readonly place: Place;
  /** Checked inputs without wrappers. */
  readonly inputs: Plain;
  /** Outputs made so far: inputs, then `outputs` of the row in order. */
  readonly outputs: Plain;
  /** Objects of the simulated cloud. */
  readonly cloud: CloudView;
  /** Random hex digits, e.g. `hex(17)`. */
  hex(length: number): string;
  /** Random digits. */
  digits(length: number): string;
  /** Random capital letters and digits. */
  letters(length: number): string;
}

/** Read access to the simulated cloud, within the draft's package. */
export interface CloudView {
  /** All objects. */
  everything(): readonly CloudObject[];
  /** Objects of a type. */
  all(type: string): readonly CloudObject[];
  /** Object of a type whose ID (or `by` property) has this value. */
  find(type: string, value: string, by?: string): CloudObject | undefined;
  /** Change outputs of another object, e.g. a running count. Written at once. */
  patch(object: CloudObject, outputs: Record<string, Plain>): void;
  /** Change what a program has asked of an object, behind the engine's back: a refresh sees it. Written at once. */
  configure(object: CloudObject, path: string, value: Plain): CloudObject;
  /** The object as it is on disk now: other processes act on it, too. */
  now(object: CloudObject): CloudObject;
  /** Remove an object behind the engine's back. */
  remove(object: CloudObject): void;
  /** Change what the cloud alone knows of an object. Written at once. */
  remember(object: CloudObject, history: Plain): void;
}

/**
 * A string with placeholders. `{id}` `{name}` `{logical}` · a key of the place: `{region}` · `{in.path}` an input ·
 * `{out.path}` an output · `{hex:17}` `{digits:12}` `{letters:13}` random characters.
 */
export type Template = string;

/** A literal, a template (when it is a string) or a function. `undefined` leaves the output out. */
export type Rule = Plain | ((draft: Draft) => Plain);

/** Which physical name a type carries and what it may look like. */
export interface NameRule {
  /** Input that holds the name. */
  property: string;
  /** Input that makes the cloud invent the rest; no automatic name is given when it is set. */
  prefixProperty?: string;
  /** Longest name in characters; an automatic name that does not fit is refused, as the real provider does. */
  max?: number;
  /** How the automatic name is written. Default: logical name, "-", 7 hex digits. */
  auto?: {
    separator?: string;
    lower?: boolean;
    suffix?: number;
    transform?: (s: string) => string;
  };
  /** The name is given by the program or not at all. */
  manual?: boolean;
  /** Names are unique within these inputs besides the place, e.g. `["vpcId"]`. */
  within?: readonly string[];
  /** Names need not be unique. */
  shared?: boolean;
}

/** How many objects of a type an account starts with. */
export interface Quota {
  readonly most: number;
  /** Input that those share which count together; without it, all of a place do. */
  readonly per?: string;
  /** The cloud's error for one more. */
  readonly answer: string;
}

/** Everything the sandbox knows about a resource type. Every field is optional. */
export interface TypeTable {
  /** Physical name. */
  name?: NameRule;
  /** Provider ID. Default: the physical name if there is a `name` rule, else logical name and hex digits. */
  id?: Template | ((draft: Draft) => string);
  /** "region" (default), "account" or "global": within which part of the place IDs and names are unique. */
  scope?: "region" | "account" | "global";
  /** Schema defaults: they become part of the checked inputs. */
  defaults?: Readonly<Record<string, Plain | ((inputs: Plain) => Plain)>>;
  /** Outputs beyond the inputs; a rule fills only what the inputs leave unset. Unknown in a preview of a create. */
  outputs?: Readonly<Record<string, Rule>>;
  /**
   * Computed values inside an object that the program gives: path -> rule, e.g.
   * `configuration.ingress.fqdn`. Left out where the object around them is missing; unknown in a
   * preview of a create, kept by updates.
   */
  inside?: Readonly<Record<string, Rule>>;
  /** Inputs that the cloud never shows again, as paths without wildcards: no part of the outputs. */
  writeOnly?: readonly string[];
  /** Outputs that every update makes anew (a version, a revision); unknown in a preview of an update. */
  changing?: readonly string[];
  /** Inputs whose change replaces the resource: paths, `*` for any key or index (`settings[*].name`). */
  replaceOn?: readonly string[];
  /** The old resource goes first. An explicit, unchanged physical name has the same effect. */
  deleteBeforeReplace?: boolean;
  /** Inputs and outputs that are secret whatever the program says. */
  secrets?: readonly string[];
  /** Lists without order: a changed order is no difference. Paths as in `replaceOn`. */
  sets?: readonly string[];
  /** JSON texts: equal documents are no difference, and one that the program gives as an object is written as text. */
  json?: readonly string[];
  /**
   * Inputs that name another object: path -> type token, or `token#output` when not the ID is used
   * (`aws:kms/key:Key#arn`), several joined by `|`. A value that no object has is refused at create and update.
   */
  references?: Readonly<Record<string, string>>;
  /** Reference paths that do not keep the other object from being deleted. */
  loose?: readonly string[];
  /** The cloud's error when a referenced object of this type is missing. `{value}` is what was asked for. */
  missing?: Template;
  /** The cloud's error when an object of this type is deleted while others refer to it. Without it, they never hold it. */
  inUse?: Template;
  /** The cloud's error when ID or name are taken. */
  exists?: Template;
  /** How many there may be; `quotas.json` in the cloud's folder raises it. */
  quota?: Quota;
  /** Deletion protection: the cloud's error, or undefined when it may go. */
  protection?: (object: CloudObject) => string | undefined;
  /** Argument errors the provider finds while checking; unknown inputs are `UNKNOWN`. */
  validate?: (inputs: Plain) => readonly Failure[];
  /**
   * Rules of the policy pack that the real API or provider checks when an object of this type is made or changed: a
   * violation is refused with the cloud's error, in the preview or at creation as the rule says.
   */
  rules?: readonly PolicyRule[];
  /** What only the cloud can refuse or compute. Throw `CloudError` to refuse; returned outputs are merged. */
  create?: (draft: Draft) => Record<string, Plain> | undefined;
  /** The same for an update, which may wait for what others do in the cloud. */
  update?: (
    draft: Draft,
    old: CloudObject,
  ) => Record<string, Plain> | undefined | Promise<Record<string, Plain> | undefined>;
  /** What the cloud alone knows of a new object; updates change it by `cloud.remember`. */
  history?: (draft: Draft) => Plain;
  /** Runs before the object goes. Throw `CloudError` to refuse. */
  remove?: (object: CloudObject, cloud: CloudView) => void;
  /** State and inputs of a resource that is imported by its ID; for packages with `stateOnly`. */
  importById?: (id: string) => { state: Properties; inputs: Properties } | undefined;
  /** What was made and nobody heard of stays, and its name is taken: the API knows no client tokens. */
  orphans?: true;
  /** Seconds a creation takes in reality; used with `--real-time` only. */
  seconds?: number;
}

/** A refused argument. */
export interface Failure {
  property: string;
  reason: string;
}

/** What a function of the package (`aws:index/getRegion:getRegion`) returns. Throw `CloudError` to refuse. */
export type FunctionRule = (args: Plain, context: FunctionContext) => Record<string, Plain>;

export interface FunctionContext {
  readonly place: Place;
  readonly cloud: CloudView;
}

/** One file of tables: the types and functions of a service. */
export interface Service {
  types?: Readonly<Record<string, TypeTable>>;
  functions?: Readonly<Record<string, FunctionRule>>;
}

/** A simulated package: `index.ts` of its folder exports one as `provider`. */
export interface PackageTable {
  /** Pulumi package name, e.g. `aws`. */
  name: string;
  /** npm package that describes unknown types (its output properties and "forces new resource" notes). */
  sdk?: string;
  /** Resources exist only in the state, as those of random and tls: nothing is kept in the simulated cloud. */
  stateOnly?: boolean;
  /** Module of a type token (`rds` of `aws:rds/instance:Instance`) -> its tables, loaded on first use. */
  services: Readonly<Record<string, () => Promise<Service>>>;
  /** Where objects live, from provider configuration and the resource's inputs. Throw `CloudError` if it is missing. */
  place?: (config: Record<string, Plain>, inputs: Plain) => Place;
  /** Keys of the place that make IDs and names unique, per scope. Default: all keys, none, none. */
  scopes?: Partial<Record<"region" | "account" | "global", readonly string[]>>;
  /** Outputs of every type beyond those of its row, e.g. `tagsAll`. */
  common?: Readonly<Record<string, Rule>>;
  /** Inputs of every type whose change replaces, e.g. `region`. */
  replaceOn?: readonly string[];
  /** Errors in the provider configuration. */
  checkConfig?: (config: Record<string, Plain>) => readonly Failure[];
  /** Things that exist although nobody created them: AWS managed policies, images, default networks. */
  ambient?: (type: string, value: string, cloud: CloudView) => boolean;
  /** Functions that only show an object, by a rule for all of them. */
  reads?: (token: string) => FunctionRule | undefined;
  /** Canonical form of a type token, e.g. without an API version. */
  canonical?: (token: string) => string;
}

/** What the simulated cloud answers instead of doing what was asked. */
export class CloudError extends Error {}
