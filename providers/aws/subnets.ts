/** Addresses of one zone, as CIDR blocks. */
export interface ZoneSubnets {
  /** Availability zone, e.g. `eu-central-1a`; also the stable key of its resources. */
  readonly zone: string;
  readonly public: string;
  readonly private: string;
  readonly isolated: string;
}

/**
 * Zones by region and letter, without asking AWS. The letters of these regions have gaps for
 * accounts opened in recent years; everywhere else a, b and c exist.
 */
const LETTERS: Readonly<Record<string, readonly string[]>> = {
  "ap-northeast-1": ["a", "c", "d"],
  "ca-central-1": ["a", "b", "d"],
  "us-west-1": ["a", "c"],
};

export function zoneNames(region: string, count: number): string[] {
  const letters = LETTERS[region] ?? ["a", "b", "c"];
  return letters.slice(0, count).map((letter) => `${region}${letter}`);
}

/**
 * Cuts a network for up to four zones, so that adding a zone later moves no subnet. Of a quarter
 * the workloads get one half (every task takes an address), the public side and the stores an
 * eighth each; the rest stays free.
 */
export function zoneSubnets(cidr: string, zones: readonly string[]): ZoneSubnets[] {
  const { address, prefix } = parse(cidr);
  const quarter = 2 ** (32 - prefix - 2);
  return zones.map((zone, index) => {
    const start = address + index * quarter;
    return {
      zone,
      private: format(start, prefix + 3),
      public: format(start + quarter / 2, prefix + 5),
      isolated: format(start + quarter / 2 + quarter / 8, prefix + 5),
    };
  });
}

/** Says what is wrong with the network's range, or nothing. */
export function cidrProblem(cidr: string): string | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  if (!match || match.slice(1, 5).some((byte) => Number(byte) > 255)) {
    return `"${cidr}" is no IPv4 range; give one such as 10.40.0.0/16`;
  }
  const { address, prefix } = parse(cidr);
  if (prefix < 16 || prefix > 20)
    return `"${cidr}" must be a /16 to /20; give one such as 10.40.0.0/16`;
  const start = format(address - (address % 2 ** (32 - prefix)), prefix);
  return start === cidr ? undefined : `"${cidr}" has host bits set; give ${start}`;
}

function parse(cidr: string): { address: number; prefix: number } {
  const [address = "", prefix] = cidr.split("/");
  return {
    address: address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0),
    prefix: Number(prefix),
  };
}

function format(address: number, prefix: number): string {
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
  return `${bytes.join(".")}/${prefix}`;
}
