import type { Environment, Profile } from "../../components/cloud";

interface Defaults {
  readonly zoneRedundant: boolean;
  readonly outbound: "none" | "single";
  readonly flowLogDays: number;
  readonly highAvailability: boolean;
  readonly burstable: boolean;
  readonly customerKey: boolean;
  readonly softDeleteDays: number;
  readonly managedRules: boolean;
}

/** Defaults per stage. Each line: what it decides, and why the stages differ. */
const TABLE: { readonly [K in keyof Defaults]: Readonly<Record<Profile, Defaults[K]>> } = {
  /** Replicas spread over zones. Set when the environment is made; dev saves nothing else by it. */
  zoneRedundant: { dev: false, staging: true, prod: true },
  /** A NAT gateway gives one fixed address out; dev goes without. */
  outbound: { dev: "none", staging: "single", prod: "single" },
  /** Connection logs: long enough to look into a week's incident, a quarter in production. */
  flowLogDays: { dev: 7, staging: 30, prod: 90 },
  /** A standby doubles the price of the database and of the cache. */
  highAvailability: { dev: false, staging: false, prod: true },
  /** Burstable sizes run out of credit under steady load, so production has none. */
  burstable: { dev: true, staging: true, prod: false },
  /** A key of one's own cannot be had without a vault that outlives the stack. */
  customerKey: { dev: false, staging: false, prod: true },
  /** Deleted vaults can be brought back this long; 7 is the least Azure allows. */
  softDeleteDays: { dev: 7, staging: 7, prod: 90 },
  /** The managed rules cost per policy, and a dev stack is not attacked. */
  managedRules: { dev: false, staging: true, prod: true },
};

/** The default of one key for a stack. */
export function byProfile<K extends keyof Defaults>(key: K, { profile }: Environment): Defaults[K] {
  return TABLE[key][profile];
}
