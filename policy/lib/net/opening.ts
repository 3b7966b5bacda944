import { Unknown } from "../value/unknown";
import type { Value } from "../value/value";
import type { PortRange, Protocol } from "./ports";

/** A way in that a rule of a firewall opens, whatever cloud it is of. */
export interface Opening {
  /** The rule's own properties. */
  readonly at: Value;
  readonly protocol: Protocol;
  /** Ports it opens, as far as they are known. */
  readonly ports: readonly PortRange[];
  /** Ports or protocols that only the update will tell. */
  readonly unknownPorts: readonly Value[];
  /** Address sources. */
  readonly sources: readonly Value[];
  /** Lists of addresses that are kept elsewhere. */
  readonly listedElsewhere: readonly Value[];
  /** What is refused to everybody before this rule is asked. */
  readonly refusedBefore?: readonly Refusal[];
}

/** Ports a firewall refuses to everybody. */
export interface Refusal {
  readonly protocol: Protocol;
  readonly ports: readonly PortRange[];
}

/** True if everything from one port to another is refused before the opening is asked. */
export function isRefused(opening: Opening, range: PortRange): boolean {
  return (opening.refusedBefore ?? []).some(
    (refusal) =>
      (refusal.protocol === "all" || refusal.protocol === opening.protocol) &&
      refusal.ports.some((ports) => ports.from <= range.from && range.to <= ports.to),
  );
}

/** Outputs that hold a network's or a machine's own range: unknown in a preview, but never the internet. */
const INSIDE =
  /(^|\.)(cidrBlock|ipv6CidrBlock|vpcCidr|ipCidrRange|addressPrefix|privateIp|publicIp|ipAddress|address)$/;

/** True for an unknown source that can only be one network or one machine. */
export function isInside(source: Value): boolean {
  const { raw } = source;
  if (!(raw instanceof Unknown) || raw.references.length === 0) return false;
  const whole = raw.suffix === "" || raw.suffix === "/32" || raw.suffix === "/128";
  return (
    raw.prefix === "" && whole && raw.references.every((reference) => INSIDE.test(reference.output))
  );
}
