import * as ipaddr from "ipaddr.js";

/** A range of addresses of one family, both ends included. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly from: bigint;
  readonly to: bigint;
}

const BITS = { 4: 32n, 6: 128n } as const;

/** Reads a CIDR range or a single address, also in short forms such as `0/0`; undefined for anything else. */
export function parseRange(text: string): AddressRange | undefined {
  const trimmed = text.trim().replace(/^\[|\]$/g, "");
  if (trimmed === "/0") return { family: 4, from: 0n, to: (1n << 32n) - 1n };
  const [address, prefix] = trimmed.split("/") as [string, string?];
  const base = toNumber(address);
  if (base === undefined) return undefined;
  const bits = BITS[base.family];
  const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? BigInt(prefix) : -1n;
  if (length < 0n || length > bits) return undefined;
  const size = 1n << (bits - length);
  const from = base.value - (base.value % size);
  return mapped({ family: base.family, from, to: from + size - 1n });
}

/** Reads the range between two addresses, both included. */
export function rangeBetween(start: string, end: string): AddressRange | undefined {
  const from = toNumber(start.trim());
  const to = toNumber(end.trim());
  if (from === undefined || to === undefined || from.family !== to.family) return undefined;
  return { family: from.family, from: from.value, to: to.value };
}

function toNumber(text: string): { family: 4 | 6; value: bigint } | undefined {
  // ipaddr.js reads "0" and "10.1" as the C library does; hexadecimal and octal forms are no clouds' input.
  if (!/^[0-9a-f:.]+$/i.test(text) || !ipaddr.isValid(text)) return undefined;
  const address = ipaddr.parse(text);
  const value = address.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return { family: address.kind() === "ipv4" ? 4 : 6, value };
}

/** A range of IPv4 addresses written as IPv6 counts as what it means. */
function mapped(range: AddressRange): AddressRange {
  const start = 0xffffn << 32n;
  if (range.family === 4 || range.from < start || range.to > start + 0xffffffffn) return range;
  return { family: 4, from: range.from - start, to: range.to - start };
}

/** True if one range lies in another. */
export function contains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.from <= inner.from && inner.to <= outer.to;
}

/** True if two ranges share an address. */
export function overlaps(one: AddressRange, other: AddressRange): boolean {
  return one.family === other.family && one.from <= other.to && other.from <= one.to;
}

/** Ranges nobody reaches from the internet. */
const PRIVATE = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/3",
].map((text) => parseRange(text) as AddressRange);

/** The addresses of the public IPv6 internet. */
const PUBLIC_IPV6 = parseRange("2000::/3") as AddressRange;

/** The parts of ranges that lie on the internet, without overlaps. */
function publicParts(ranges: readonly AddressRange[]): { four: bigint; six: bigint } {
  const four = merge(ranges.filter((range) => range.family === 4)).reduce(
    (sum, range) => sum + publicSize(range),
    0n,
  );
  const six = merge(ranges.filter((range) => range.family === 6)).reduce((sum, range) => {
    return sum + sharedSize(range, PUBLIC_IPV6);
  }, 0n);
  return { four, six };
}

function publicSize(range: AddressRange): bigint {
  const hidden = PRIVATE.reduce((sum, other) => sum + sharedSize(range, other), 0n);
  return range.to - range.from + 1n - hidden;
}

function sharedSize(one: AddressRange, other: AddressRange): bigint {
  const from = one.from > other.from ? one.from : other.from;
  const to = one.to < other.to ? one.to : other.to;
  return to >= from ? to - from + 1n : 0n;
}

function merge(ranges: readonly AddressRange[]): AddressRange[] {
  const sorted = [...ranges]
    .filter((range) => range.from <= range.to)
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const result: AddressRange[] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    if (last !== undefined && range.from <= last.to + 1n) {
      result[result.length - 1] = { ...last, to: range.to > last.to ? range.to : last.to };
    } else result.push(range);
  }
  return result;
}

/** As many public IPv4 addresses as a /8 has: more than any one organisation's own offices and networks. */
const WORLD_FOUR = 1n << 24n;
/** The same for IPv6: a /16, far above what any provider assigns to a customer. */
const WORLD_SIX = 1n << 112n;

/** True if ranges together open something to the internet at large, however the range is cut into pieces. */
export function isWorld(ranges: readonly AddressRange[]): boolean {
  const { four, six } = publicParts(ranges);
  return four >= WORLD_FOUR || six >= WORLD_SIX;
}

/** True if any address of a range lies on the internet. */
export function isPublic(range: AddressRange): boolean {
  const { four, six } = publicParts([range]);
  return four > 0n || six > 0n;
}
