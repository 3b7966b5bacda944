import { passes, resource, unknown, type Fixtures } from "../../lib/fixture";

const firewall = (start: unknown, end: unknown) =>
  resource("azure-native:sql:FirewallRule", { startIpAddress: start, endIpAddress: end });

export const fixtures: Fixtures = {
  good: [firewall("203.0.113.7", "203.0.113.7"), firewall("0.0.0.0", "255.255.255.255")],
  bad: [firewall("0.0.0.0", "0.0.0.0")],
  missing: [passes(firewall(undefined, undefined))],
  unknown: [firewall(unknown, "0.0.0.0")],
  wrongType: [passes(firewall(0, 0))],
};
