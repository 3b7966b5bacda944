import ipaddr from "ipaddr.js";

/** Whether an IPv4 range lies inside another. */
export function within(inner: string, outer: string): boolean {
  const [a, b] = [parse(inner), parse(outer)];
  return (
    a !== undefined &&
    b !== undefined &&
    a.bits >= b.bits &&
    ipaddr.parse(a.base).match(ipaddr.parse(b.base), b.bits)
  );
}

/** Whether two IPv4 ranges share an address. */
export function overlaps(a: string, b: string): boolean {
  return within(a, b) || within(b, a);
}

function parse(range: string): { base: string; bits: number } | undefined {
  if (typeof range !== "string" || !ipaddr.IPv4.isValidCIDR(range)) return undefined;
  const [address, bits] = ipaddr.IPv4.parseCIDR(range);
  return { base: address.toString(), bits };
}
