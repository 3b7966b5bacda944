import type { Route } from "../../components/https-edge";

/** What one listener rule matches: a host, and paths unless it takes all of them. */
export interface RuleMatch {
  /** Stable key, from host and paths: an added route moves no other rule. */
  readonly key: string;
  readonly backend: string;
  readonly host: string;
  /** Empty for every path. */
  readonly paths: readonly string[];
  /** Smaller is asked first; each rule is preceded by the one for its candidate. */
  readonly priority: number;
}

/** A rule takes five values in all; one is the host, one the candidate's header. */
const PATHS_PER_RULE = 3;

/**
 * Rules of the listener, most specific first. The candidate's rule of each stands directly before
 * it, since it matches the same requests and a header more.
 */
export function ruleMatches(routes: readonly Route[]): RuleMatch[] {
  const matches = routes.flatMap(({ host, paths, backend }) => {
    const catchAll = paths.some((path) => path === "/*" || path === "*");
    const special = catchAll ? [] : paths;
    const chunks = special.length === 0 ? [[]] : chunk(special, PATHS_PER_RULE);
    return chunks.map((paths) => ({ backend, host, paths, key: keyOf(host, paths) }));
  });
  return matches
    .sort((a, b) => longest(b.paths) - longest(a.paths) || (a.key < b.key ? -1 : 1))
    .map((match, index) => ({ ...match, priority: 101 + index * 2 }));
}

const longest = (paths: readonly string[]): number =>
  Math.max(0, ...paths.map((path) => path.length));

function chunk<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** The whole host: two domains may both have an `api`. */
function keyOf(host: string, paths: readonly string[]): string {
  const words = [host, ...paths].join("-").toLowerCase();
  return words.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}
