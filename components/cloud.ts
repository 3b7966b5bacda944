/** The four targets a stack can choose with `portolan:cloud`. */
export const CLOUDS = ["aws", "azure", "gcp", "docker"] as const;
export type Cloud = (typeof CLOUDS)[number];

/** The three stages. Each cloud and each system keeps a table of defaults per profile. */
export const PROFILES = ["dev", "staging", "prod"] as const;
export type Profile = (typeof PROFILES)[number];

/** What a stack is, apart from the system it runs: known before any resource is registered. */
export interface Environment {
  /** Name of the Pulumi stack, e.g. `staging`. */
  readonly stack: string;
  /** Name of the system, e.g. `lattice-policy`; used in tags and in fixed names. */
  readonly system: string;
  /** Which column of the default tables applies. */
  readonly profile: Profile;
  /** True where data must outlive mistakes: deletion protection, `protect`, final snapshots. */
  readonly protected: boolean;
}
