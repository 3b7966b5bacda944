import {
  addressIn,
  isNetwork,
  layoutOf,
  reservedOverlap,
} from "../../providers/azure/network-layout";
import { appRules, endpointRules, postgresRules } from "../../providers/azure/network-rules";
import { privateNetwork } from "../../providers/azure/private-network";
import { configure, context, said } from "./context";

beforeEach(() => configure());

test.each([
  ["10.40.0.0/16", "10.40.0", "10.40.2"],
  ["172.20.16.0/20", "172.20.16", "172.20.18"],
])("%s is cut into subnets", (cidr, first, third) => {
  const layout = layoutOf(cidr);
  expect(layout).toEqual({
    apps: `${first}.0/23`,
    postgres: `${third}.0/26`,
    endpoints: `${third}.64/26`,
    gateway: `${third}.128/26`,
    hosts: `${third}.192/26`,
  });
  expect(addressIn(layout.hosts, 4)).toBe(`${third}.196`);
});

test.each([
  ["10.40.0.0/16", true],
  ["10.40.1.0/16", false],
  ["10.0.0.0/8", false],
  ["10.0.0.0/24", false],
  ["nonsense", false],
])("%s as a network: %s", (cidr, fits) => {
  expect(isNetwork(cidr)).toBe(fits);
});

test("ranges that Container Apps keeps are seen from inside and around", () => {
  expect(reservedOverlap("100.100.64.0/20")).toBe("100.100.0.0/17");
  expect(reservedOverlap("100.100.0.0/16")).toBe("100.100.0.0/17");
  expect(reservedOverlap("100.101.0.0/16")).toBeUndefined();
});

/** Access of the first inbound rule that fits, as a security group decides. */
function admits(
  rules: ReturnType<typeof postgresRules>,
  from: string,
  port: number,
): string | undefined {
  const sorted = [...rules].sort((a, b) => Number(a.priority) - Number(b.priority));
  return sorted.find(
    ({ sourceAddressPrefix, destinationPortRange, destinationPortRanges }) =>
      [from, "VirtualNetwork"].includes(String(sourceAddressPrefix)) &&
      ["*", `${port}`].includes(String(destinationPortRange ?? "")) ===
        (destinationPortRange !== undefined) &&
      (destinationPortRanges === undefined ||
        (destinationPortRanges as string[]).includes(`${port}`)),
  )?.access as string | undefined;
}

test("only containers reach the stores, on their ports", () => {
  const layout = layoutOf("10.40.0.0/16");
  expect(admits(postgresRules(layout), layout.apps, 5432)).toBe("Allow");
  expect(admits(postgresRules(layout), layout.apps, 22)).toBe("Deny");
  expect(admits(postgresRules(layout), layout.endpoints, 5432)).toBe("Deny");
  expect(admits(endpointRules(layout, { openings: [] }), layout.apps, 10000)).toBe("Allow");
  expect(admits(endpointRules(layout, { openings: [] }), layout.apps, 443)).toBe("Allow");
  expect(admits(endpointRules(layout, { openings: [] }), layout.apps, 6379)).toBe("Deny");
  expect(admits(endpointRules(layout, { openings: [] }), layout.apps, 445)).toBe("Deny");
  expect(
    admits(
      endpointRules(layout, { openings: [{ from: "apps", to: "endpoints", port: 445 }] }),
      layout.apps,
      445,
    ),
  ).toBe("Allow");
});

test("the internet is open on 443 only when a workload asks for it, and closed below", () => {
  const to = (internet: boolean): string[] =>
    appRules(layoutOf("10.40.0.0/16"), "westeurope", {
      internet,
      destinations: [],
      openings: [],
    })
      .filter(({ destinationAddressPrefix }) => destinationAddressPrefix === "Internet")
      .map(
        ({ access, destinationPortRange }) =>
          `${access as string} ${destinationPortRange as string}`,
      );
  expect(to(false)).toEqual(["Deny *"]);
  expect(to(true)).toEqual(["Allow 443", "Deny *"]);
});

test.each([
  [{ cidr: "10.40.0.0/24" }, /^it\.cidr: .*\/16 to \/20/],
  [{ cidr: "100.100.0.0/16" }, /^it\.cidr: .*Container Apps keeps/],
  [{ outbound: "zonal" as const }, /^it\.outbound: .*use single/],
  [{ flowLogDays: 40000 }, /^it\.flowLogDays: .*1 to 36500/],
])("%j is refused", (spec, message) => {
  const checked = context();
  privateNetwork.check(spec, checked);
  expect(said(checked)).toEqual([expect.stringMatching(message)]);
});

test("missing settings are reported at once, each with its remedy", () => {
  configure({ "azure-native:location": undefined, "azure-native:subscriptionId": "abc" });
  const checked = context();
  privateNetwork.check({}, checked);
  expect(said(checked)).toEqual([
    expect.stringMatching(/^azure-native:location: is missing; .*pulumi config set/),
    expect.stringMatching(/^azure-native:subscriptionId: "abc" is no GUID; .*pulumi config set/),
  ]);
});
