import { passes, resource, unknown, type Fixtures } from "../../../lib/fixture";

const firewall = (startIpAddress: unknown, endIpAddress: unknown) =>
  resource("azure-native:dbforpostgresql:FirewallRule", { startIpAddress, endIpAddress });

export const fixtures: Fixtures = {
  good: [firewall("203.0.113.7", "203.0.113.7"), firewall("203.0.113.0", "203.0.113.255")],
  bad: [
    firewall("0.0.0.0", "0.0.0.0"),
    firewall("0.0.0.0", "255.255.255.255"),
    firewall("0.0.0.0", unknown),
    firewall("203.0.112.0", "203.0.113.255"),
  ],
  missing: [passes(firewall(undefined, undefined))],
  unknown: [firewall(unknown, "203.0.113.7"), firewall("203.0.113.7", unknown)],
  wrongType: [passes(firewall(1, "everything"))],
};
