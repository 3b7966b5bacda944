import type Docker from "dockerode";
import type { Plain } from "../../lib/values";
import { labelsOf } from "./resource";

const MIB = 1024 * 1024;
const NANOS: Readonly<Record<string, number>> = { ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };

/** `1m30s` in nanoseconds. */
export function nanoseconds(duration: string | undefined): number {
  return [...(duration ?? "").matchAll(/([\d.]+)(ms|s|m|h)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (NANOS[unit ?? "s"] ?? 0),
    0,
  );
}

/** MiB of the provider in bytes; what is not above 0 (no limit) stays. */
const bytes = (mib: number): number => (mib > 0 ? mib * MIB : mib);

/** Leaves out what the program did not say, so that the engine's own default counts. */
function given(entries: Record<string, Plain>): Record<string, Plain> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}

/** What the engine is asked for; networks and files follow when the container exists. */
export function createOptions(inputs: Plain): Docker.ContainerCreateOptions {
  const ports = portsOf(inputs.ports ?? []);
  const volumes = inputs.volumes ?? [];
  return {
    name: inputs.name,
    ...given({
      platform: inputs.platform,
      Image: inputs.image,
      Hostname: inputs.hostname,
      Domainname: inputs.domainname,
      Tty: inputs.tty,
      OpenStdin: inputs.stdinOpen,
      StopSignal: inputs.stopSignal,
      StopTimeout: inputs.stopTimeout,
      Env: inputs.envs,
      Cmd: inputs.command,
      Entrypoint: inputs.entrypoints,
      User: inputs.user,
      WorkingDir: inputs.workingDir,
    }),
    Labels: labelsOf(inputs.labels),
    ExposedPorts: ports.exposed,
    ...(inputs.healthcheck ? { Healthcheck: healthcheck(inputs.healthcheck) } : {}),
    HostConfig: given({
      ...limits(inputs),
      Privileged: inputs.privileged,
      PublishAllPorts: inputs.publishAllPorts,
      PortBindings: ports.bindings,
      RestartPolicy: { Name: inputs.restart ?? "no", MaximumRetryCount: inputs.maxRetryCount ?? 0 },
      Runtime: inputs.runtime,
      Mounts: (inputs.mounts ?? []).map(mount),
      Binds: volumes.flatMap(bind),
      VolumesFrom: volumes.flatMap(({ fromContainer }: Plain) => fromContainer ?? []),
      AutoRemove: inputs.rm,
      ReadonlyRootfs: inputs.readOnly,
      Tmpfs: inputs.tmpfs,
      ExtraHosts: inputs.hosts?.map(({ host, ip }: Plain) => `${host}:${ip}`),
      CapAdd: inputs.capabilities?.adds,
      CapDrop: inputs.capabilities?.drops,
      SecurityOpt: inputs.securityOpts,
      GroupAdd: inputs.groupAdds,
      Dns: inputs.dns,
      DnsOptions: inputs.dnsOpts,
      DnsSearch: inputs.dnsSearches,
      Devices: inputs.devices?.map(device),
      LogConfig: { Type: inputs.logDriver ?? "", Config: inputs.logOpts ?? {} },
      NetworkMode: inputs.networkMode,
      UsernsMode: inputs.usernsMode,
      PidMode: inputs.pidMode,
      IpcMode: inputs.ipcMode,
      Sysctls: inputs.sysctls,
      CgroupnsMode: inputs.cgroupnsMode,
      CgroupParent: inputs.cgroupParent,
      StorageOpt: inputs.storageOpts,
      Init: inputs.init ?? false,
    }),
  };
}

function limits(inputs: Plain): Record<string, Plain> {
  return {
    Memory: inputs.memory === undefined ? undefined : bytes(inputs.memory),
    MemoryReservation:
      inputs.memoryReservation === undefined ? undefined : bytes(inputs.memoryReservation),
    MemorySwap: inputs.memorySwap === undefined ? undefined : bytes(inputs.memorySwap),
    ShmSize: inputs.shmSize === undefined ? undefined : bytes(inputs.shmSize),
    NanoCpus: inputs.cpus === undefined ? undefined : Math.round(Number(inputs.cpus) * 1e9),
    // Beside `cpus` the engine takes neither of the two.
    CpuPeriod: inputs.cpus === undefined ? inputs.cpuPeriod : undefined,
    CpuQuota: inputs.cpus === undefined ? inputs.cpuQuota : undefined,
    CpuShares: inputs.cpuShares,
    CpusetCpus: inputs.cpuSet,
    Ulimits: inputs.ulimits?.map(({ name, soft, hard }: Plain) => {
      return { Name: name, Soft: soft, Hard: hard };
    }),
  };
}

/** What the engine changes on an existing container; all of it, since what is left out is reset. */
export function updateOptions(inputs: Plain): Record<string, Plain> {
  const { Memory, MemoryReservation, MemorySwap, CpuShares, CpusetCpus } = limits(inputs);
  return given({
    ...{ Memory, MemoryReservation, MemorySwap, CpuShares, CpusetCpus },
    RestartPolicy: { Name: inputs.restart ?? "no", MaximumRetryCount: inputs.maxRetryCount ?? 0 },
  });
}

function healthcheck(check: Plain): Docker.HealthConfig {
  return {
    Test: check.tests,
    Interval: nanoseconds(check.interval),
    Timeout: nanoseconds(check.timeout),
    StartPeriod: nanoseconds(check.startPeriod),
    Retries: check.retries ?? 0,
  };
}

function portsOf(ports: Plain[]) {
  const exposed: Record<string, object> = {};
  const bindings: Record<string, Docker.PortBinding[]> = {};
  for (const { internal, external, ip, protocol } of ports) {
    const port = `${internal}/${protocol ?? "tcp"}`;
    exposed[port] = {};
    const binding = { HostIp: ip ?? "0.0.0.0", HostPort: external ? String(external) : "" };
    bindings[port] = [...(bindings[port] ?? []), binding];
  }
  return { exposed, bindings };
}

/** `source:path:ro`; a volume of another container has no entry of its own. */
function bind({ volumeName, hostPath, containerPath, readOnly }: Plain): string[] {
  const source = hostPath ?? volumeName;
  if (source === undefined || containerPath === undefined) return [];
  return [`${source}:${containerPath}:${readOnly ? "ro" : "rw"}`];
}

function mount(each: Plain): Docker.MountSettings {
  const { volumeOptions: volume, bindOptions, tmpfsOptions } = each;
  return given({
    Type: each.type,
    Target: each.target,
    Source: each.source,
    ReadOnly: each.readOnly,
    BindOptions: bindOptions && { Propagation: bindOptions.propagation },
    VolumeOptions: volume && {
      NoCopy: volume.noCopy ?? false,
      Labels: labelsOf(volume.labels),
      DriverConfig: { Name: volume.driverName ?? "", Options: volume.driverOptions ?? {} },
    },
    TmpfsOptions: tmpfsOptions && { SizeBytes: tmpfsOptions.sizeBytes, Mode: tmpfsOptions.mode },
  }) as Docker.MountSettings;
}

const device = ({ hostPath, containerPath, permissions }: Plain) => ({
  PathOnHost: hostPath,
  PathInContainer: containerPath ?? hostPath,
  CgroupPermissions: permissions ?? "rwm",
});
