import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { cidrProblem, zoneNames, zoneSubnets } from "../../providers/aws/subnets";

const ZONES = ["r1a", "r1b", "r1c"];

/** Any /16 to /20 without host bits. */
const networks = fc
  .tuple(fc.nat(255), fc.nat(255), fc.integer({ min: 16, max: 20 }), fc.nat(15))
  .map(([a, b, prefix, c]) => {
    const third = (c * 16) & (0xff << (24 - prefix)) & 0xff;
    return `${a}.${b}.${third}.0/${prefix}`;
  });

interface Range {
  readonly first: number;
  readonly last: number;
}

function rangeOf(cidr: string): Range {
  const first = ipaddr.IPv4.networkAddressFromCIDR(cidr).toByteArray();
  const last = ipaddr.IPv4.broadcastAddressFromCIDR(cidr).toByteArray();
  const number = (bytes: number[]): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return { first: number(first), last: number(last) };
}

const allOf = (cidr: string, count: number): string[] =>
  zoneSubnets(cidr, ZONES.slice(0, count)).flatMap((zone) => [
    zone.private,
    zone.public,
    zone.isolated,
  ]);

describe("subnets of a network", () => {
  test("lie inside the network and never overlap", () => {
    fc.assert(
      fc.property(networks, fc.constantFrom(2, 3), (cidr, count) => {
        const network = rangeOf(cidr);
        const ranges = allOf(cidr, count)
          .map(rangeOf)
          .sort((a, b) => a.first - b.first);
        for (const [index, range] of ranges.entries()) {
          expect(range.first).toBeGreaterThanOrEqual(network.first);
          expect(range.last).toBeLessThanOrEqual(network.last);
          const next = ranges[index + 1];
          if (next) expect(range.last).toBeLessThan(next.first);
        }
      }),
    );
  });

  test("are proper CIDR blocks of a size that AWS takes, /16 to /28", () => {
    fc.assert(
      fc.property(networks, (cidr) => {
        for (const subnet of allOf(cidr, 3)) {
          const prefix = Number(subnet.split("/")[1]);
          expect(prefix).toBeGreaterThanOrEqual(16);
          expect(prefix).toBeLessThanOrEqual(28);
          expect(ipaddr.IPv4.networkAddressFromCIDR(subnet).toString()).toBe(subnet.split("/")[0]);
        }
      }),
    );
  });

  test("stay where they are when a zone is added", () => {
    fc.assert(
      fc.property(networks, (cidr) => {
        expect(allOf(cidr, 3).slice(0, 6)).toEqual(allOf(cidr, 2));
      }),
    );
  });

  test("of a small network still hold more than a hundred tasks per zone", () => {
    const [zone] = zoneSubnets("10.0.0.0/20", ZONES);
    const { first, last } = rangeOf(zone?.private ?? "");
    expect(last - first + 1).toBeGreaterThanOrEqual(512);
  });
});

describe("the range of a network", () => {
  test.each([
    ["10.40.0.0/16", undefined],
    ["10.0.16.0/20", undefined],
    ["10.40.0.0/8", "must be a /16 to /20"],
    ["10.40.0.0/24", "must be a /16 to /20"],
    ["10.40.1.0/16", "has host bits set; give 10.40.0.0/16"],
    ["10.40.0.0", "is no IPv4 range"],
    ["300.1.0.0/16", "is no IPv4 range"],
  ])("%s", (cidr, problem) => {
    if (problem === undefined) expect(cidrProblem(cidr)).toBeUndefined();
    else expect(cidrProblem(cidr)).toContain(problem);
  });
});

describe("zones", () => {
  test.each([
    ["eu-central-1", 2, ["eu-central-1a", "eu-central-1b"]],
    ["us-east-1", 3, ["us-east-1a", "us-east-1b", "us-east-1c"]],
    ["ap-northeast-1", 3, ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"]],
  ])("%s has %i by name", (region, count, names) => {
    expect(zoneNames(region, count)).toEqual(names);
  });
});
