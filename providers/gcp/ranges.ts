import ipaddr from "ipaddr.js";
import type { Problems } from "../../components/errors";

/** The parts of the network's range. */
export interface Ranges {
  /** Where Cloud Run's instances take their addresses: the first quarter, a /18 to /22. */
  readonly workloads: string;
  /** Proxies of a private load balancer: a /23 of the second quarter. */
  readonly proxies: string;
  /** Handed to the stores' network: first address and prefix of the second half. */
  readonly stores: { readonly address: string; readonly prefix: number };
}

/** Docker's bridge inside Cloud SQL uses this range, so no client may have an address in it. */
const CLOUD_SQL_INTERNAL = "172.17.0.0/16";

export function rangesOf(cidr: string): Ranges {
  const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  const start = toNumber(address);
  const half = 2 ** (32 - prefix - 1);
  return {
    workloads: `${address.toString()}/${prefix + 2}`,
    proxies: `${toText(start + half / 2)}/23`,
    stores: { address: toText(start + half), prefix: prefix + 1 },
  };
}

export function checkCidr(cidr: string, path: string, problems: Problems): void {
  if (!ipaddr.IPv4.isValidCIDR(cidr)) {
    problems.add(path, `"${cidr}" is no IPv4 network; write it like 10.40.0.0/16`);
    return;
  }
  const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  if (prefix < 16 || prefix > 20) {
    problems.add(path, `/${prefix} does not do; take a network of /16 to /20`);
  }
  if (address.toString() !== ipaddr.IPv4.networkAddressFromCIDR(cidr).toString()) {
    problems.add(path, `"${cidr}" does not begin at a boundary of its size; lower its last digits`);
  }
  const [taken, takenPrefix] = ipaddr.IPv4.parseCIDR(CLOUD_SQL_INTERNAL);
  const shorter = Math.min(prefix, takenPrefix);
  if (address.match(taken, shorter)) {
    problems.add(
      path,
      `"${cidr}" overlaps ${CLOUD_SQL_INTERNAL}, which Cloud SQL cannot answer; take another range`,
    );
  }
}

const toNumber = (address: ipaddr.IPv4): number =>
  address.octets.reduce((sum, octet) => sum * 256 + octet, 0);

const toText = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
