import type { ContainerArgs } from "@pulumi/docker/container";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import type { Siem } from "../../components/log-archive";
import { fingerprint, hostName, labels } from "./names";
import { PROFILES } from "./profile";

/** What each running container is asked for; the rest is the same for all. */
export interface Running {
  /** Name on the host, without system and stack. */
  readonly name: string;
  /** Whole name on the host, where neighbours know it by that. */
  readonly exactName?: string;
  readonly component: string;
  readonly image: pulumi.Input<string>;
  /** `uid:gid`. */
  readonly user: string;
  readonly cpu: number;
  readonly memoryMiB: number;
  /** Writable folders, in memory. */
  readonly scratch: readonly string[];
  readonly graceSeconds: number;
  /** Version of the files it reads at its start; another one restarts it. */
  readonly files?: pulumi.Input<string>;
  /** Groups beside group 0, by number. */
  readonly groups?: readonly string[];
  /** Labels beside Portolan's own. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Its log goes there; `docker logs` shows the newest lines all the same. */
  readonly siem?: Siem;
  /** Plain data that the provider would change without effect; see `labels` below. */
  readonly fixed?: unknown;
}

/** No root, no capability, no new privilege, nothing writable but scratch and its volumes. */
export function hardened(running: Running, environment: Environment) {
  return {
    name: running.exactName ?? hostName(environment, running.name),
    image: running.image,
    user: running.user,
    // Group 0 only reads the files made for this container: they are owned by root, mode 0440.
    groupAdds: ["0", ...(running.groups ?? [])],
    readOnly: true,
    capabilities: { drops: ["ALL"] },
    securityOpts: ["no-new-privileges:true"],
    tmpfs: Object.fromEntries(running.scratch.map((path) => [path, scratchOf(running.user)])),
    cpus: `${running.cpu}`,
    memory: running.memoryMiB,
    // The same as the memory: no swap.
    memorySwap: running.memoryMiB,
    // Not "unless-stopped": an engine that comes back after a crash stops what still runs, takes
    // that for somebody's wish, and leaves it stopped.
    restart: "always",
    // Without it the provider stops with a grace of 0 seconds: a kill.
    destroyGraceSeconds: running.graceSeconds,
    stopTimeout: running.graceSeconds,
    ...logging(running, environment),
    labels: [
      ...labels(environment, running.component),
      ...Object.entries(running.labels ?? {}).map(([label, value]) => ({ label, value })),
      // The provider accepts a changed tmpfs or health check and does nothing. A changed label
      // replaces the container.
      { label: "portolan.fixed", value: fingerprint(running.scratch, running.fixed) },
      ...(running.files === undefined ? [] : [{ label: "portolan.files", value: running.files }]),
    ],
  } satisfies ContainerArgs;
}

/** Files of the host, rotated, or a SIEM; the engine then keeps a small copy for `docker logs`. */
function logging({ siem, component }: Running, { profile, system, stack }: Environment) {
  const { logFileMiB, logFiles } = PROFILES[profile];
  const files = { "max-size": `${logFileMiB}m`, "max-file": `${logFiles}` };
  if (siem?.kind !== "syslog") return { logDriver: "json-file", logOpts: files };
  return {
    logDriver: "syslog",
    logOpts: {
      "syslog-address": `tcp+tls://${siem.address}`,
      "syslog-format": "rfc5424micro",
      ...(siem.caFile === undefined ? {} : { "syslog-tls-ca-cert": siem.caFile }),
      tag: `${system}-${stack}-${component}`,
    },
  };
}

/**
 * Owned by the user: runc up to 1.1 gives a tmpfs the mode of the folder it covers, whatever mode
 * was asked for, and in most images that folder is root's.
 */
export function scratchOf(user: string): string {
  const [uid, gid] = user.split(":");
  return `rw,noexec,nosuid,nodev,size=64m,mode=1777,uid=${uid},gid=${gid}`;
}
