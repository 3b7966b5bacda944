import { createHash } from "node:crypto";
import type { ResolveContext } from "../../components/builder";
import type { DockerHostSpec } from "../../components/docker-host";
import { InvalidInput } from "../../components/errors";

/** Refuses disks that a cloud does not offer, and backups that keep nothing. */
export function checkDisks(
  { dataGiB, backup }: DockerHostSpec,
  { path, problems }: ResolveContext,
  [least, most]: readonly [least: number, most: number],
): void {
  if (!Number.isInteger(dataGiB) || dataGiB < least || dataGiB > most) {
    problems.add(`${path}.dataGiB`, `${dataGiB} GiB is not offered; give ${least} to ${most}`);
  }
  if (!Number.isInteger(backup.keep) || backup.keep < 1) {
    problems.add(`${path}.backup.keep`, `${backup.keep} is no number of copies; give 1 or more`);
  }
}

/** A machine installs Docker when it first boots. */
export function refuseWithoutOutbound(name: string, hasOutbound: boolean): void {
  if (hasOutbound) return;
  const message =
    "needs the distribution's packages, but the network has no way out; set network.outbound to single";
  throw new InvalidInput([{ path: `hosts.${name}`, message }]);
}

/** Tells one release from another. */
export function hashOf(script: string): string {
  return createHash("sha256").update(script).digest("hex").slice(0, 12);
}
