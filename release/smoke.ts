import type { StackConfig } from "../config/schema";

/** What a system's smoke list is made of. */
export interface SmokeInput {
  readonly stack: StackConfig;
  /** `portolan:settings`, with the system's defaults filled in. */
  readonly settings: unknown;
}

/** One request to a candidate, and what a working one answers. */
export interface SmokeRequest {
  /** What it shows, for the person who reads that it failed, e.g. "the API reaches its database". */
  readonly shows: string;
  /** Service whose candidate is asked. */
  readonly service: string;
  /** Host name at the edge. */
  readonly host: string;
  readonly path: string;
  /** Default GET. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. `$NAME` inside a text is taken from the environment. */
  readonly json?: unknown;
  /** The answer's status, or several that are right. */
  readonly status: number | readonly number[];
  /** Headers of the answer, by name in lower case: the exact text, or a pattern. */
  readonly answers?: Readonly<Record<string, string | RegExp>>;
  /** Pattern that the answer's body fits. */
  readonly body?: RegExp;
  /** Environment variables it needs, e.g. of a login for tests; without them it is left out, and said so. */
  readonly needs?: readonly string[];
}

/** `systems/<system>/smoke.ts` exports this as `smoke`. */
export type SmokeList = (input: SmokeInput) => readonly SmokeRequest[];
