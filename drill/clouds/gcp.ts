import { DrillError, json } from "../command";
import type { DrillCloud } from "../cloud";

interface Instance {
  readonly name: string;
  readonly state: string;
  readonly databaseVersion: string;
  readonly settings: {
    readonly dataDiskSizeGb: string;
    readonly ipConfiguration?: { readonly ipv4Enabled?: boolean; readonly privateNetwork?: string };
  };
  readonly diskEncryptionConfiguration?: { readonly kmsKeyName?: string };
}

const sql = <T>(project: string, ...args: string[]): T =>
  json<T>("gcloud", ["sql", ...args, "--project", project, "--format", "json", "--quiet"]);

/** Cloud SQL: a clone of a past moment is made of the backup before it and the logs since. */
export const gcp: DrillCloud = {
  facts: (id, project) => {
    const found = sql<Instance>(project, "instances", "describe", id);
    const { settings, diskEncryptionConfiguration: key } = found;
    return {
      ready: found.state === "RUNNABLE",
      state: found.state,
      same: {
        engine: found.databaseVersion,
        encryption: key?.kmsKeyName ?? "Google's own key",
        network: settings.ipConfiguration?.privateNetwork ?? "none",
      },
      storageGiB: Number(settings.dataDiskSizeGb),
      public: settings.ipConfiguration?.ipv4Enabled !== false,
    };
  },
  newest: ({ id, place }) => {
    const backups = sql<{ endTime: string; status: string }[]>(
      place,
      ...["backups", "list", "--instance", id],
    );
    const times = backups
      .filter(({ status }) => status === "SUCCESSFUL")
      .map(({ endTime }) => new Date(endTime).getTime());
    if (times.length === 0)
      throw new DrillError(`${id}: has no backup; Cloud SQL lists none that succeeded.`);
    return new Date(Math.max(...times));
  },
  restore: ({ id, place }, scratch, moment) => {
    sql(
      place,
      "instances",
      "clone",
      id,
      scratch,
      "--point-in-time",
      moment.toISOString(),
      "--async",
    );
  },
  scratchPlace: ({ place }) => place,
  list: (prefix, project) =>
    sql<Instance[]>(project, "instances", "list")
      .map(({ name }) => name)
      .filter((name) => name.startsWith(prefix)),
  remove: (scratch, project) => {
    // A clone inherits the protection against deletion.
    sql(project, "instances", "patch", scratch, "--no-deletion-protection");
    sql(project, "instances", "delete", scratch);
  },
};
