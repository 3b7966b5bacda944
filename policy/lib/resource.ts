import { decode } from "./value/decode";
import { Value } from "./value/value";
import { normaliseToken } from "./tokens";

/** A resource as lists, previews and state files give it; everything but the type may be missing. */
export interface PlainResource {
  /** Type token as registered. */
  type: string;
  /** Logical name. */
  name?: string;
  /** URN; made up from type and name where the list has none. */
  urn?: string;
  /** Inputs. Unknown values are the engine's placeholders or markers (see value/decode.ts). */
  props?: unknown;
  /** Outputs, where the resource exists; they resolve links by value and never decide a rule about an input. */
  outputs?: unknown;
  /** Physical id, where the resource exists. */
  id?: string;
  /** Resource options that rules read. */
  opts?: ResourceOptions;
  /** URN of the parent. */
  parent?: string;
  /** URN (or name, in lists) of its provider, where that is not the default one. */
  provider?: string;
  /** URNs (or names, in lists) of all resources this one depends on. */
  dependencies?: readonly string[];
  /** URNs of the resources each input property was made from. */
  propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

/** Options of a resource that rules read. */
export interface ResourceOptions {
  /** True where the engine refuses to delete the resource. */
  protect?: boolean;
  /** True where the engine forgets the resource instead of deleting it; the engine does not tell a policy pack of it. */
  retainOnDelete?: boolean;
  /** Input paths whose changes never reach the cloud. */
  ignoreChanges?: readonly string[];
  /** Name or URN of the provider given explicitly, in resource lists. */
  provider?: unknown;
  /** Names or URNs given explicitly, in resource lists. */
  dependsOn?: unknown;
}

/** A resource as rules see it. */
export interface Resource {
  /** Type token without version or alias, for example `azure-native:storage:StorageAccount`. */
  readonly type: string;
  /** Type token as registered. */
  readonly token: string;
  readonly name: string;
  readonly urn: string;
  /** Inputs. */
  readonly props: Value;
  /** Outputs; absent in a preview. */
  readonly outputs: Value;
  readonly id: string | undefined;
  readonly opts: ResourceOptions;
  readonly parent: string | undefined;
  /** URN or name of its provider; undefined for the default one where the plan does not tell. */
  readonly provider: string | undefined;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** Short for `props.at(path)`. */
  at(path: string): Value;
}

/** Decodes a plain resource; never throws, whatever the list holds. */
export function toResource(plain: PlainResource, markers: boolean): Resource {
  return makeResource(plain, decode(plain.props ?? {}, markers), decode(plain.outputs, markers));
}

/** Makes a resource of properties that are decoded already. */
export function makeResource(plain: PlainResource, props: unknown, outputs?: unknown): Resource {
  const token = String(plain.type ?? "");
  const name = typeof plain.name === "string" ? plain.name : "";
  const root = new Value(props, "");
  const opts = typeof plain.opts === "object" && plain.opts !== null ? plain.opts : {};
  return {
    type: normaliseToken(token),
    token,
    name,
    urn: typeof plain.urn === "string" ? plain.urn : `urn:pulumi:plan::plan::${token}::${name}`,
    props: root,
    outputs: new Value(outputs, ""),
    id: typeof plain.id === "string" ? plain.id : undefined,
    opts,
    parent: typeof plain.parent === "string" ? plain.parent : undefined,
    provider: providerOf(plain),
    dependencies: [...strings(plain.dependencies), ...dependsOn(opts.dependsOn)],
    propertyDependencies: propertyLinks(plain.propertyDependencies),
    at: (path) => root.at(path),
  };
}

/** A state file writes the provider's id behind its URN. */
function providerOf({ provider, opts }: PlainResource): string | undefined {
  const [named] = typeof provider === "string" ? [provider] : dependsOn(opts?.provider);
  return named?.replace(/^(urn:.*)::[^:]*$/, (whole, urn: string) =>
    urn.split("::").length > 3 ? urn : whole,
  );
}

function strings(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((item): item is string => typeof item === "string") : [];
}

/** Lists name their explicit dependencies as text or as `{ref}` markers. */
function dependsOn(list: unknown): string[] {
  const items = Array.isArray(list) ? list : list === undefined ? [] : [list];
  return items.flatMap((item: unknown) => {
    const ref = typeof item === "object" && item !== null ? (item as { ref?: unknown }).ref : item;
    return typeof ref === "string"
      ? [ref.startsWith("urn:") ? ref : (ref.split(".")[0] as string)]
      : [];
  });
}

function propertyLinks(map: unknown): Record<string, readonly string[]> {
  if (typeof map !== "object" || map === null) return {};
  return Object.fromEntries(Object.entries(map).map(([key, list]) => [key, strings(list)]));
}
