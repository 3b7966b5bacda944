import type { z } from "zod";
import type { Environment } from "../components/cloud";
import type { Problems } from "../components/errors";
import type { SystemSpec } from "../components/system";
import type { StackConfig } from "../config/schema";

/** What a description is made of, besides the system's own settings. */
export interface DescribeInput<Settings> {
  readonly stack: StackConfig;
  readonly environment: Environment;
  readonly settings: Settings;
  /** Reports what this system refuses; path as in the stack's configuration. */
  readonly problems: Problems;
}

/** One application: what may be set, and its description. */
export interface SystemModule<Schema extends z.ZodType = z.ZodType> {
  /** Schema of `portolan:settings`. */
  readonly settings: Schema;
  /** Pure: describes the application for every cloud alike. */
  describe(input: DescribeInput<z.infer<Schema>>): SystemSpec;
}

/** One dynamic import per system. */
const SYSTEMS: Record<string, () => Promise<{ system: SystemModule }>> = {
  "lattice-policy": () => import("./lattice-policy"),
  "neuronetz-gateway": () => import("./neuronetz-gateway"),
  octoprox: () => import("./octoprox"),
  "rack-gateway": () => import("./rack-gateway"),
  rayray: () => import("./rayray"),
};

export const SYSTEM_NAMES = Object.keys(SYSTEMS);

/** Loads a system by name; undefined when there is none of that name. */
export async function loadSystem(name: string): Promise<SystemModule | undefined> {
  return (await SYSTEMS[name]?.())?.system;
}
