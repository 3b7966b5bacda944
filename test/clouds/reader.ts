import type { Cloud } from "../../components/cloud";
import type { Deployed, DeployedResource } from "../support/deployed";

/** What a service or job was really given, in words that fit every cloud. */
export interface Workload {
  /** References of its images, the application's own first. */
  readonly images: readonly string[];
  /** Program and arguments, where the description names them. */
  readonly command?: readonly string[];
  /** Plain variables. */
  readonly env: Readonly<Record<string, string>>;
  /** Variable -> entry of the bundle of secrets that it is filled from. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Entries that its identity may read, sorted. */
  readonly readable: readonly string[];
}

/** A path pattern of a host, e.g. `/api/*`, and the service behind it. */
export interface ReadRoute {
  readonly host: string;
  readonly path: string;
  readonly service: string;
}

/**
 * How one finds out on a cloud what stands there. Every function takes a stack that was exported with
 * its secrets.
 */
export interface CloudReader {
  readonly cloud: Cloud;
  /** By the name of the component. */
  workload(plain: Deployed, name: string): Workload;
  /** Texts of the bundle's entries that the program has filled, by name. */
  secrets(plain: Deployed): Readonly<Record<string, string>>;
  /** Where the edge leads to. */
  routes(plain: Deployed): readonly ReadRoute[];
  /** What exists only after a job has run with success. */
  run(plain: Deployed, job: string): DeployedResource;
  /** What makes a service's containers. */
  serving(plain: Deployed, service: string): readonly DeployedResource[];
}

/** The service that a request is led to: the longest pattern that fits, as on every cloud. */
export function reached(
  routes: readonly ReadRoute[],
  host: string,
  path = "/",
): string | undefined {
  const fits = (pattern: string): boolean =>
    pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
  return routes
    .filter((route) => route.host === host && fits(route.path))
    .sort((a, b) => b.path.length - a.path.length)[0]?.service;
}

/** The name of an entry in the bundle's resources: `secrets-<entry>`. */
export const entryOf = (resource: DeployedResource): string =>
  resource.name.replace(/^secrets-/, "");

/** Entries that exist already in the cloud's store, by the identifier the description gives. */
export function existing(stack: Deployed): Map<string, string> {
  const { entries } = stack.component("secrets").inputs as {
    entries: Record<string, { kind: string; id?: string }>;
  };
  return new Map(
    Object.entries(entries).flatMap(([entry, { id }]) => (id === undefined ? [] : [[id, entry]])),
  );
}

/** The first, where anything else than one is a failed expectation. */
export function only<T>(what: string, found: readonly T[]): T {
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} of ${what}, not 1`);
  return first;
}
