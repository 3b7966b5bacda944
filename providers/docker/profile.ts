import type { Profile } from "../../components/cloud";

/** Defaults that differ between the stages. */
export interface ProfileDefaults {
  /** Who signs the edge's certificate. */
  readonly certificates: "acme" | "internal";
  /** Memory reserved for the sum of small helpers (backup, watch), MiB each. */
  readonly helperMemoryMiB: number;
  /** Size at which a container's log file is rotated, MiB. */
  readonly logFileMiB: number;
  /** Log files kept per container. */
  readonly logFiles: number;
  /** Time of day of the backup, UTC. */
  readonly backupAt: string;
  /** Requests that find no replica wait up to this, seconds. */
  readonly tryAgainSeconds: number;
}

export const PROFILES: Record<Profile, ProfileDefaults> = {
  dev: {
    certificates: "internal", // a laptop has no public name that an authority could check
    helperMemoryMiB: 128, // pg_dump of a small database and a static binary
    logFileMiB: 10, // a laptop's disk
    logFiles: 2, // the last run is what one looks for
    backupAt: "12:00", // a laptop sleeps at night; a missed backup is caught up anyway
    tryAgainSeconds: 30, // a single replica is away while it is replaced in place
  },
  staging: {
    certificates: "acme", // as in production, so that the way there is exercised
    helperMemoryMiB: 256, // as in production, with a smaller database
    logFileMiB: 20, // some days of a busy service
    logFiles: 5, // 100 MiB per container
    backupAt: "02:30", // outside office hours in Europe
    tryAgainSeconds: 60, // covers a slow start of the only replica
  },
  prod: {
    certificates: "acme", // public names, publicly trusted
    helperMemoryMiB: 512, // pg_dump of wide rows
    logFileMiB: 50, // written by busy services all day
    logFiles: 10, // 500 MiB per container
    backupAt: "02:30", // outside office hours in Europe
    tryAgainSeconds: 60, // at least two replicas: waiting is the exception
  },
};
