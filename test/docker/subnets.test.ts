import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { Subnets } from "../../providers/docker/subnets";

const range = (cidr: string): [number, number] => {
  const [address, bits] = ipaddr.IPv4.parseCIDR(cidr);
  const first = address.octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return [first, first + 2 ** (32 - bits) - 1];
};

describe("the networks of a host", () => {
  test("lie in the stack's range and never overlap", () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 40 });
    fc.assert(
      fc.property(names, fc.integer({ min: 16, max: 20 }), (names, bits) => {
        const cidr = `10.48.0.0/${bits}`;
        const subnets = new Subnets(cidr);
        const [from, to] = range(cidr);
        const ranges = names.map((name) => range(subnets.of(name))).sort((a, b) => a[0] - b[0]);
        ranges.forEach(([first, last], index) => {
          expect(first).toBeGreaterThanOrEqual(from);
          expect(last).toBeLessThanOrEqual(to);
          expect(first).toBeGreaterThan(ranges[index - 1]?.[1] ?? -1);
        });
      }),
      { numRuns: 50 },
    );
  });

  test("keep their place when others are added", () => {
    const few = new Subnets("10.40.0.0/16");
    const many = new Subnets("10.40.0.0/16");
    const before = ["db", "cache"].map((name) => few.of(name));
    const after = ["db", "cache", "queue", "search"].map((name) => many.of(name));
    expect(after.slice(0, 2)).toEqual(before);
    expect(few.of("db")).toBe(before[0]);
  });

  test("are refused when the range is used up", () => {
    const subnets = new Subnets("10.40.0.0/27");
    subnets.of("one");
    expect(() => subnets.of("two")).toThrow("room for 1 networks only");
  });
});
