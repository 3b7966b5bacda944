import type { How, ResolveContext } from "../../components/builder";
import type { WorkloadSpec } from "../../components/workload";
import { checkLogDays } from "./log-store";
import { runSize, type RunSize } from "./sizes";

/** Options that services and jobs share, in words. */
export const describeWorkload: { readonly [Option in keyof Required<WorkloadSpec>]: How } = {
  command: "command and arguments of the container",
  cpu: "whole vCPUs: 1, 2, 4, 6 or 8. A fraction would allow one request at a time only",
  memoryMiB: "at least 512 MiB, at most what the vCPUs allow; files in scratch folders count",
  uid: "Cloud Run has no such setting, the image's USER decides; the wish stands in the annotation `portolan.dev/run-as-user` for reviewers. Every instance is sandboxed, without privileges of the host",
  gid: "as `uid`, in the annotation `portolan.dev/run-as-group`",
  scratch:
    "the whole file system of an instance is writable, in memory and gone with it. In-memory volumes belong to root and would lock a non-root user out",
  env: "plain variables; PORT is set by Cloud Run to the service's port",
  secrets: "references to Secret Manager versions, resolved at start by the platform",
  caFileVariable: "the authorities of the stores it uses, mounted as a file from Secret Manager",
  egress: "all traffic goes through the network, whose firewall lets out TCP 443 by network tag",
  logDays: "a log bucket with this retention, filled by a sink on the workload's log",
  egressTo:
    "firewall rules for the workload's tag; the peering or VPN that leads there is the operator's",
  mounts:
    "Cloud Storage FUSE volumes, for the workload's identity; what is being written counts as memory",
  archives: {
    unsupported:
      "applications write by the S3 API with its lock headers, which Cloud Storage does not speak; name a bucket elsewhere in the application's settings",
  },
};

export interface ResolvedWorkload {
  readonly command?: readonly string[];
  readonly size: RunSize;
  readonly uid: number;
  readonly gid: number;
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly caFileVariable?: string;
  readonly opensHttps: boolean;
  readonly egressTo: NonNullable<WorkloadSpec["egressTo"]>;
  /** Path → entry of `files`. */
  readonly mounts: Readonly<Record<string, string>>;
  readonly logDays: number;
}

/** Set by Cloud Run; a template that sets them is refused. */
const RESERVED = /^(PORT|K_SERVICE|K_REVISION|K_CONFIGURATION|CLOUD_RUN_[A-Z_]+)$/;

/** Takes `port` to let the variable PORT pass when it says what Cloud Run says. */
export function resolveWorkload(
  spec: WorkloadSpec,
  { path, problems }: ResolveContext,
  port?: number,
): ResolvedWorkload {
  const size = runSize(spec.cpu, spec.memoryMiB);
  if (!size) {
    problems.add(
      `${path}.cpu`,
      `${spec.cpu} vCPU with ${spec.memoryMiB} MiB is beyond Cloud Run; ` +
        "at most 8 vCPU with 32768 MiB",
    );
  }
  const { PORT, ...rest } = spec.env ?? {};
  if (PORT !== undefined && PORT !== `${port}`) {
    problems.add(
      `${path}.env.PORT`,
      `is set by Cloud Run${port === undefined ? "" : ` to ${port}`}; remove it or say the same`,
    );
  }
  for (const variable of [...Object.keys(rest), ...Object.keys(spec.secrets ?? {})]) {
    if (RESERVED.test(variable)) {
      problems.add(`${path}.env.${variable}`, "is set by Cloud Run and cannot be given; remove it");
    }
  }
  checkLogDays(spec.logDays, `${path}.logDays`, problems);
  return {
    ...(spec.command ? { command: spec.command } : {}),
    size: size ?? { cpu: 1, memoryMiB: 512 },
    uid: spec.uid,
    gid: spec.gid ?? spec.uid,
    env: rest,
    secrets: spec.secrets ?? {},
    ...(spec.caFileVariable ? { caFileVariable: spec.caFileVariable } : {}),
    opensHttps: spec.egress === "https",
    egressTo: spec.egressTo ?? [],
    mounts: spec.mounts ?? {},
    logDays: spec.logDays,
  };
}
