import ipaddr from "ipaddr.js";

/** The subnets of a stack; the last two are made only where something lies in them. */
export interface Layout {
  /** Containers. Delegated to Container Apps, which takes addresses for its own nodes, too. */
  readonly apps: string;
  /** PostgreSQL servers; delegated to them. */
  readonly postgres: string;
  /** Private endpoints of the cache, the vaults and the storage accounts. */
  readonly endpoints: string;
  /** An Application Gateway, which shares its subnet with nothing else. */
  readonly gateway: string;
  /** Docker hosts. */
  readonly hosts: string;
}

/** Ranges that Container Apps keeps for itself in every environment with workload profiles. */
const RESERVED = ["100.100.0.0/17", "100.100.128.0/19", "100.100.160.0/19", "100.100.192.0/19"];

const toNumber = (address: string): number =>
  ipaddr.IPv4.parse(address)
    .toByteArray()
    .reduce((sum, byte) => sum * 256 + byte, 0);

const toText = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");

/** Size /23 for the containers, since a subnet cannot grow while it is used; /26 for the others. */
export function layoutOf(cidr: string): Layout {
  const [network] = ipaddr.IPv4.parseCIDR(cidr);
  const first = toNumber(network.toString());
  return {
    apps: `${toText(first)}/23`,
    postgres: `${toText(first + 512)}/26`,
    endpoints: `${toText(first + 576)}/26`,
    gateway: `${toText(first + 640)}/26`,
    hosts: `${toText(first + 704)}/26`,
  };
}

/** An address of a subnet, counted from its first; Azure keeps 0 to 3 and the last. */
export function addressIn(subnet: string, index: number): string {
  const [network] = ipaddr.IPv4.parseCIDR(subnet);
  return toText(toNumber(network.toString()) + index);
}

/** The reserved range that a network would cover, if any. */
export function reservedOverlap(cidr: string): string | undefined {
  const range = (text: string): readonly [number, number] => {
    const [network, bits] = ipaddr.IPv4.parseCIDR(text);
    const first = toNumber(network.toString());
    return [first, first + 2 ** (32 - bits) - 1];
  };
  const [from, to] = range(cidr);
  return RESERVED.find((reserved) => {
    const [start, end] = range(reserved);
    return start <= to && from <= end;
  });
}

/** Whether a text is an IPv4 network of /16 to /20 whose address is the first of its range. */
export function isNetwork(cidr: string): boolean {
  if (!ipaddr.IPv4.isValidCIDR(cidr)) return false;
  const [address, bits] = ipaddr.IPv4.parseCIDR(cidr);
  return bits >= 16 && bits <= 20 && toNumber(address.toString()) % 2 ** (32 - bits) === 0;
}
