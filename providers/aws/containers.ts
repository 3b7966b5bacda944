import type * as pulumi from "@pulumi/pulumi";
import type { WorkloadSpec } from "../../components/workload";
import type { Front } from "./front";

/** A container as ECS wants it. Values may be known only later, the shape never. */
export type ContainerDefinition = Record<string, unknown>;

export interface ProgramOptions {
  readonly name: string;
  readonly spec: WorkloadSpec;
  readonly image: pulumi.Input<string>;
  /** Variables whose values come from other components. */
  readonly links: Readonly<Record<string, pulumi.Input<string>>>;
  /** Variable → ARN of the secret it is filled from. */
  readonly secrets: Readonly<Record<string, pulumi.Input<string>>>;
  readonly log: LogTarget;
  readonly port?: number;
  readonly stopSeconds?: number;
}

export interface LogTarget {
  readonly group: string;
  readonly region: string;
  /**
   * `non-blocking` drops lines when the log store cannot be reached, and keeps a service
   * answering; `blocking` stops the program instead, which suits a job whose every line counts.
   */
  readonly mode: "blocking" | "non-blocking";
}

/** The program of a workload: no root, no capabilities, nothing writable but its scratch folders. */
export function programContainer(options: ProgramOptions): ContainerDefinition {
  const { name, spec, port } = options;
  const environment = { ...spec.env, ...options.links };
  return {
    name,
    image: options.image,
    essential: true,
    ...(spec.command ? { command: spec.command } : {}),
    user: `${spec.uid}:${spec.gid ?? spec.uid}`,
    readonlyRootFilesystem: true,
    privileged: false,
    linuxParameters: {
      initProcessEnabled: true,
      capabilities: { drop: ["ALL"] },
      tmpfs: scratchFolders(spec),
    },
    mountPoints: Object.entries(spec.mounts ?? {}).map(([containerPath, sourceVolume]) => {
      return { containerPath, sourceVolume, readOnly: false };
    }),
    ...(port === undefined ? {} : { portMappings: [{ containerPort: port, protocol: "tcp" }] }),
    // Without the capability to bind low ports, the kernel's limit has to go instead.
    ...(port !== undefined && port < 1024
      ? { systemControls: [{ namespace: "net.ipv4.ip_unprivileged_port_start", value: "0" }] }
      : {}),
    ...(options.stopSeconds === undefined ? {} : { stopTimeout: options.stopSeconds }),
    environment: Object.entries(environment).map(([key, value]) => ({ name: key, value })),
    secrets: Object.entries(options.secrets).map(([key, valueFrom]) => ({ name: key, valueFrom })),
    logConfiguration: logConfiguration(options.log, name),
  };
}

/**
 * In memory and owned by the program's user. A volume of the task would belong to root unless the
 * image declares it, and a container that changes the owner would have to run as root.
 */
function scratchFolders({ scratch = ["/tmp"], memoryMiB, uid, gid = uid }: WorkloadSpec): object[] {
  return scratch.map((containerPath) => ({
    containerPath,
    size: Math.max(64, Math.floor(memoryMiB / 4)),
    mountOptions: ["nosuid", "nodev", "noexec", "mode=1777", `uid=${uid}`, `gid=${gid}`],
  }));
}

export const FRONT_UID = 1000;

/** From standard input, since no folder is there to put a file into. */
export const FRONT_SCRIPT = "exec caddy run --config - <<CONFIG\n$FRONT_CONFIG\nCONFIG\n";

/**
 * What the runtime gives a container by default, except NET_BIND_SERVICE: Caddy's binary carries
 * that one as a file capability and cannot even be started without it, whatever port it binds.
 */
const FRONT_DROPS = [
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_RAW",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
];

/** The proxy before the program; its configuration holds no secret and comes in a variable. */
export function frontContainer(
  front: Front & { readonly image: pulumi.Input<string> },
  log: LogTarget,
  stopSeconds: number,
): ContainerDefinition {
  return {
    name: "front",
    image: front.image,
    essential: true,
    entryPoint: ["sh", "-c"],
    command: [FRONT_SCRIPT],
    user: `${FRONT_UID}:${FRONT_UID}`,
    readonlyRootFilesystem: true,
    privileged: false,
    memory: 128,
    linuxParameters: {
      initProcessEnabled: true,
      capabilities: { drop: FRONT_DROPS },
      tmpfs: [
        {
          containerPath: "/tmp",
          size: 16,
          mountOptions: ["nosuid", "nodev", "noexec", `uid=${FRONT_UID}`, `gid=${FRONT_UID}`],
        },
      ],
    },
    portMappings: [{ containerPort: front.port, protocol: "tcp" }],
    stopTimeout: stopSeconds,
    environment: [{ name: "FRONT_CONFIG", value: front.config }],
    logConfiguration: logConfiguration(log, "front"),
  };
}

const logConfiguration = ({ group, region, mode }: LogTarget, prefix: string): object => ({
  logDriver: "awslogs",
  options: {
    "awslogs-group": group,
    "awslogs-region": region,
    "awslogs-stream-prefix": prefix,
    mode,
    ...(mode === "non-blocking" ? { "max-buffer-size": "25m" } : {}),
  },
});
