import * as fc from "fast-check";
import ipaddr from "ipaddr.js";
import { Problems } from "../../components/errors";
import { checkCidr, rangesOf } from "../../providers/gcp/ranges";

const problemsOf = (cidr: string): string[] => {
  const problems = new Problems();
  checkCidr(cidr, "network.cidr", problems);
  return problems.all.map(({ message }) => message);
};

test("the default network is cut into workloads and stores", () => {
  expect(rangesOf("10.40.0.0/16")).toEqual({
    workloads: "10.40.0.0/18",
    proxies: "10.40.64.0/23",
    stores: { address: "10.40.128.0", prefix: 17 },
  });
});

test("the two ranges lie inside the network and apart, and the stores' has a true first address", () => {
  const cidr = fc
    .tuple(fc.integer({ min: 16, max: 20 }), fc.integer({ min: 0, max: 255 }), fc.nat(15))
    .map(([prefix, second, step]) => {
      const size = 2 ** (32 - prefix);
      const low = (step * size) % 65536;
      return `10.${second}.${Math.floor(low / 256)}.0/${prefix}`;
    });
  fc.assert(
    fc.property(cidr, (text) => {
      const [network, prefix] = ipaddr.IPv4.parseCIDR(text);
      const { workloads, stores } = rangesOf(text);
      const [first, bits] = ipaddr.IPv4.parseCIDR(workloads);
      const start = ipaddr.IPv4.parse(stores.address);
      expect(first.match(network, prefix)).toBe(true);
      expect(start.match(network, prefix)).toBe(true);
      expect(start.match(first, bits)).toBe(false);
      expect(bits).toBeLessThanOrEqual(26);
      expect(stores.prefix).toBeLessThanOrEqual(24);
      const storeRange = `${stores.address}/${stores.prefix}`;
      expect(ipaddr.IPv4.networkAddressFromCIDR(storeRange).toString()).toBe(stores.address);
    }),
  );
});

test.each([
  ["10.40.0.0/24", "/24 does not do"],
  ["10.40.7.0/16", "does not begin at a boundary"],
  ["172.17.0.0/16", "overlaps 172.17.0.0/16"],
  ["172.17.64.0/20", "overlaps 172.17.0.0/16"],
  ["nonsense", "is no IPv4 network"],
])("%s is refused", (cidr, why) => {
  expect(problemsOf(cidr).join("\n")).toContain(why);
});

test.each(["10.40.0.0/16", "172.18.0.0/16", "192.168.0.0/20"])("%s is taken", (cidr) => {
  expect(problemsOf(cidr)).toEqual([]);
});
