import type * as pulumi from "@pulumi/pulumi";
import type { Endpoint } from "./attachment";
import type { Image } from "./image";
import type { Siem } from "./log-archive";
import type { PrivateNetwork } from "./private-network";
import type { SecretRef } from "./secret-bundle";
import type { SharedFiles } from "./shared-files";
import type { WormArchive } from "./worm-archive";

/** What services and jobs have in common: one container, run without privileges. */
export interface WorkloadSpec {
  /** Program and arguments. Default: the image's own. */
  readonly command?: readonly string[];
  /** vCPUs wished for, e.g. `0.5`. Some clouds offer fixed pairs only and say so. */
  readonly cpu: number;
  /** Memory wished for, MiB. */
  readonly memoryMiB: number;
  /** Numeric user the container runs as. 0 (root) is refused. */
  readonly uid: number;
  /** Numeric group. Default: the same as `uid`. */
  readonly gid?: number;
  /**
   * Folders that must be writable; the rest of the file system is read-only. Emptied with the
   * container. Default: `/tmp`.
   */
  readonly scratch?: readonly string[];
  /** Environment variables that are no secret. Values known only later go through `links.env`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Environment variable → name of the secret it is filled from, at start, by the platform. */
  readonly secrets?: Readonly<Record<string, string>>;
  /**
   * Environment variable that shall name a file with the certificate authorities of the stores it
   * uses, e.g. `NODE_EXTRA_CA_CERTS`. Set only where a store's authority is a private one.
   */
  readonly caFileVariable?: string;
  /**
   * Outbound connections beyond the stores it uses and the cloud's own services: `https` opens
   * TCP 443 to the internet, `none` nothing. Default `none`.
   */
  readonly egress?: "none" | "https";
  /** Private networks outside the stack that it may connect to, e.g. over a peering: CIDR and TCP port. */
  readonly egressTo?: readonly { readonly cidr: string; readonly port: number }[];
  /** Path → entry of `files` that is mounted there, writable for the container's user. */
  readonly mounts?: Readonly<Record<string, string>>;
  /** Entries of `archives` whose objects it may write and read, never delete or shorten. */
  readonly archives?: readonly string[];
  /** Days that the container's log is kept. */
  readonly logDays: number;
}

/** The live side of a workload. */
export interface WorkloadLinks {
  readonly network: PrivateNetwork;
  readonly image: Pick<Image, "reference" | "attachment">;
  /** Stores and services it may connect to. Nothing else is opened, in either direction. */
  readonly uses: readonly Endpoint[];
  /** The entries named in `spec.secrets`. Its identity may read these and no others. */
  readonly secrets: Readonly<Record<string, SecretRef>>;
  /** Plain environment variables whose values come from other components. Never secrets. */
  readonly env: Readonly<Record<string, pulumi.Input<string>>>;
  /** The entries named in `spec.mounts`. */
  readonly files: Readonly<Record<string, SharedFiles>>;
  /** The entries named in `spec.archives`. */
  readonly archives: Readonly<Record<string, WormArchive>>;
  /** Its logs are audit logs and go to this SIEM too; for platforms whose containers log there by themselves. */
  readonly siem?: Siem;
  /** Must be complete before it starts: migration jobs, secret values. */
  readonly after: readonly pulumi.Resource[];
}

/** What a workload uses, as plain data: reviewers and policies compare it with the network that is built. */
export interface DeclaredUses {
  readonly uses: readonly { readonly name: string; readonly port: number }[];
}

/** The description of a workload with what it uses. */
export function withUses<Spec extends WorkloadSpec>(
  spec: Spec,
  links: Pick<WorkloadLinks, "uses">,
): Spec & DeclaredUses {
  return { ...spec, uses: links.uses.map(({ name, port }) => ({ name, port })) };
}
