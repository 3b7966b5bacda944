import type { ContainerArgs } from "@pulumi/docker/container";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import { fingerprint, hostName, labels } from "./names";
import { PROFILES } from "./profile";

/** What each running container is asked for; the rest is the same for all. */
export interface Running {
  /** Name on the host, without system and stack. */
  readonly name: string;
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
  /** Plain data that the provider would change without effect; see `labels` below. */
  readonly fixed?: unknown;
}

/** No root, no capability, no new privilege, nothing writable but scratch and its volumes. */
export function hardened(running: Running, environment: Environment) {
  const { logFileMiB, logFiles } = PROFILES[environment.profile];
  return {
    name: hostName(environment, running.name),
    image: running.image,
    user: running.user,
    // Group 0 only reads the files made for this container: they are owned by root, mode 0440.
    groupAdds: ["0"],
    readOnly: true,
    capabilities: { drops: ["ALL"] },
    securityOpts: ["no-new-privileges:true"],
    tmpfs: Object.fromEntries(running.scratch.map((path) => [path, scratchOf(running.user)])),
    cpus: `${running.cpu}`,
    memory: running.memoryMiB,
    // The same as the memory: no swap.
    memorySwap: running.memoryMiB,
    restart: "unless-stopped",
    // Without it the provider stops with a grace of 0 seconds: a kill.
    destroyGraceSeconds: running.graceSeconds,
    stopTimeout: running.graceSeconds,
    logDriver: "json-file",
    logOpts: { "max-size": `${logFileMiB}m`, "max-file": `${logFiles}` },
    labels: [
      ...labels(environment, running.component),
      // The provider accepts a changed tmpfs or health check and does nothing. A changed label
      // replaces the container.
      { label: "portolan.fixed", value: fingerprint(running.scratch, running.fixed) },
      ...(running.files === undefined ? [] : [{ label: "portolan.files", value: running.files }]),
    ],
  } satisfies ContainerArgs;
}

/**
 * Owned by the user: runc up to 1.1 gives a tmpfs the mode of the folder it covers, whatever mode
 * was asked for, and in most images that folder is root's.
 */
export function scratchOf(user: string): string {
  const [uid, gid] = user.split(":");
  return `rw,noexec,nosuid,nodev,size=64m,mode=1777,uid=${uid},gid=${gid}`;
}
