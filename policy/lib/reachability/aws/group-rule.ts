import { EVERY_PORT, parseProtocol, type PortRange, type Protocol } from "../../net/ports";
import { parseRange, type AddressRange } from "../../net/ranges";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import type { Pointer } from "../pointer";

/** Whom a rule is about. */
export type Peer =
  | { readonly kind: "group"; readonly group: Resource; readonly certain: boolean }
  | { readonly kind: "range"; readonly range: AddressRange; readonly text: string }
  | { readonly kind: "self" }
  /** A list of addresses of AWS or of somebody else. */
  | { readonly kind: "list"; readonly value: Value; readonly resource: Resource }
  /** A group the plan does not hold. */
  | { readonly kind: "outside"; readonly text: string }
  | { readonly kind: "unknown"; readonly path: string };

/** Reads the peers of a rule from its ranges, groups and prefix lists. */
export function readPeers(
  resource: Resource,
  ranges: readonly Value[],
  others: { readonly groups: Pointer; readonly lists: Value },
): Peer[] {
  const { groups, lists } = others;
  const peers: Peer[] = [
    ...groups.targets.map((group): Peer => ({ kind: "group", group, certain: true })),
    ...groups.maybe.map((group): Peer => ({ kind: "group", group, certain: false })),
    ...groups.outside.map((text): Peer => ({ kind: "outside", text })),
  ];
  if (groups.blind) peers.push({ kind: "unknown", path: "the group" });
  for (const value of ranges.flatMap((list) => list.each)) {
    const range = parseRange(value.text ?? "");
    if (value.unknown) peers.push({ kind: "unknown", path: value.path });
    else if (range !== undefined) peers.push({ kind: "range", range, text: value.text as string });
  }
  for (const value of lists.each) peers.push({ kind: "list", value, resource });
  return peers;
}

/** `-1` opens everything; an unknown protocol is taken for TCP, its ports stay unknown. */
export function parseSecurityProtocol(value: Value): Protocol {
  return value.unknown ? "tcp" : parseProtocol(value);
}

/** Ports of a rule; undefined where one of them is unknown. */
export function parsePortRange(protocol: Protocol, from: Value, to: Value): PortRange | undefined {
  if (protocol === "all") return EVERY_PORT;
  if (from.unknown || to.unknown) return undefined;
  const first = from.number ?? to.number;
  if (first === undefined || first === -1) return EVERY_PORT;
  return { from: first, to: to.number ?? first };
}
