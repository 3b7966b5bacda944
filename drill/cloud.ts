/** What a database server is, as far as a restored one can be held against it. */
export interface Facts {
  /** Whether it takes connections, by the cloud's word. */
  readonly ready: boolean;
  /** The cloud's word for its state. */
  readonly state: string;
  /** What must be the same after a restore: engine and version, encryption, network. */
  readonly same: Readonly<Record<string, string>>;
  readonly storageGiB: number;
  /** True where it can be reached from the internet. */
  readonly public: boolean;
}

/** A database server of the stack. */
export interface Source {
  /** Logical name, for people. */
  readonly name: string;
  /** How the cloud's command line names it. */
  readonly id: string;
  /** Place of it that commands ask for: a project, a resource group. */
  readonly place: string;
}

/** Restores and removes database servers through a cloud's own command line. */
export interface DrillCloud {
  facts(id: string, place: string): Facts;
  /** The newest moment that can be restored, by what the cloud says. */
  newest(source: Source): Date;
  /** Starts a restore of that moment into a new server without a public address. */
  restore(source: Source, scratch: string, moment: Date): void;
  /** Place of restored servers. */
  scratchPlace(source: Source): string;
  /** Names of restored servers that begin so. */
  list(prefix: string, place: string): string[];
  remove(scratch: string, place: string): void;
}
