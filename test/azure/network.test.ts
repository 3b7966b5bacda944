import { isNetwork, layoutOf, reservedOverlap } from "../../providers/azure/network-layout";
import { appRules, endpointRules, postgresRules } from "../../providers/azure/network-rules";
import { privateNetwork } from "../../providers/azure/private-network";
import { configure, context, said } from "./context";

beforeEach(() => configure());

test.each([
  ["10.40.0.0/16", { apps: "10.40.0.0/23", postgres: "10.40.2.0/26", endpoints: "10.40.2.64/26" }],
  [
    "172.20.16.0/20",
    { apps: "172.20.16.0/23", postgres: "172.20.18.0/26", endpoints: "172.20.18.64/26" },
  ],
])("%s is cut into subnets", (cidr, layout) => {
  expect(layoutOf(cidr)).toEqual(layout);
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
  expect(admits(endpointRules(layout, false), layout.apps, 10000)).toBe("Allow");
  expect(admits(endpointRules(layout, false), layout.apps, 443)).toBe("Allow");
  expect(admits(endpointRules(layout, false), layout.apps, 6379)).toBe("Deny");
  expect(admits(endpointRules(layout, false), layout.apps, 445)).toBe("Deny");
  expect(admits(endpointRules(layout, true), layout.apps, 445)).toBe("Allow");
});

test("the internet is open on 443 only when a workload asks for it, and closed below", () => {
  const to = (internet: boolean): string[] =>
    appRules(layoutOf("10.40.0.0/16"), "westeurope", internet)
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
  [{ flowLogDays: 400 }, /^it\.flowLogDays: .*1 to 365/],
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
