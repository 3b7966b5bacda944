import type { SystemSpec } from "../components/system";

/** What a system's smoke list is made of. */
export interface SmokeInput<Settings = unknown> {
  /** The system as it is described for this stack. */
  readonly spec: SystemSpec;
  /** `portolan:settings`, with the system's defaults filled in. */
  readonly settings: Settings;
  /** Host name at the edge that leads to a service or host. */
  host(backend: string): string;
}

/** One request to a candidate, and what a working one answers. */
export interface SmokeRequest {
  /** What it shows, for the person who reads that it failed, e.g. "the API reaches its database". */
  readonly shows: string;
  /** Service whose candidate is asked, or host. */
  readonly service: string;
  /** Host name at the edge. */
  readonly host: string;
  readonly path: string;
  /** Default GET. */
  readonly method?: string;
  /** `$NAME` inside a value is taken from the environment. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; `$NAME` inside a text is taken from the environment. */
  readonly json?: unknown;
  /** The answer's status, or several that are right. */
  readonly status: number | readonly number[];
  /** Headers of the answer, in any spelling: the exact text, or a pattern. */
  readonly answers?: Readonly<Record<string, string | RegExp>>;
  /** Pattern that the answer's body fits. */
  readonly body?: RegExp;
  /** Environment variables it needs, e.g. of a login for tests; without them it is left out, and said so. */
  readonly needs?: readonly string[];
}

/** `systems/<system>/smoke.ts` exports this as `smoke`. */
export type SmokeList<Settings = unknown> = (
  input: SmokeInput<Settings>,
) => readonly SmokeRequest[];
