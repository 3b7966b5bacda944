import { createHash } from "node:crypto";
import ipaddr from "ipaddr.js";

/**
 * Carves the networks of one host out of the stack's range. The place of a network follows from
 * its name, so that adding one does not move the others (which would replace them).
 */
export class Subnets {
  readonly #base: number;
  readonly #prefix: number;
  readonly #count: number;
  readonly #taken = new Map<number, string>();

  constructor(cidr: string) {
    const [address, bits] = ipaddr.IPv4.parseCIDR(cidr);
    const octets = ipaddr.IPv4.networkAddressFromCIDR(`${address.toString()}/${bits}`).octets;
    this.#base = octets.reduce((sum, octet) => sum * 256 + octet, 0);
    this.#prefix = subnetPrefix(bits);
    this.#count = 2 ** (this.#prefix - bits);
  }

  /** Range of the named network, the same each time. */
  of(name: string): string {
    const first = createHash("sha256").update(name).digest().readUInt32BE() % this.#count;
    for (let step = 0; step < this.#count; step++) {
      const slot = (first + step) % this.#count;
      const holder = this.#taken.get(slot) ?? name;
      if (holder !== name) continue;
      this.#taken.set(slot, name);
      return `${dotted(this.#base + slot * 2 ** (32 - this.#prefix))}/${this.#prefix}`;
    }
    throw new Error(`the range has room for ${this.#count} networks only`);
  }
}

/** 62 containers per network where the range is wide, 30 where it is a /19 or /20. */
export function subnetPrefix(bits: number): number {
  return bits <= 18 ? 26 : 27;
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
