import {
  given,
  passes,
  resource,
  unknown,
  violates,
  waits,
  type Fixtures,
} from "../../lib/fixture";

const firewall = (start: unknown, end: unknown, name = "rule") =>
  resource(
    "azure-native:dbforpostgresql:FirewallRule",
    { serverName: { ref: "pg.name" }, startIpAddress: start, endIpAddress: end },
    name,
  );
const sql = (...values: unknown[]) =>
  resource("gcp:sql/databaseInstance:DatabaseInstance", {
    settings: { ipConfiguration: { authorizedNetworks: values.map((value) => ({ value })) } },
  });

export const fixtures: Fixtures = {
  good: [
    firewall("203.0.113.7", "203.0.113.7"),
    firewall("0.0.0.0", "0.0.0.0"),
    firewall("10.0.0.0", "10.255.255.255"),
    sql("203.0.113.0/24"),
    given({ allowedCidrs: ["0.0.0.0/0"] }, passes(firewall("0.0.0.0", "255.255.255.255"))),
  ],
  bad: [
    firewall("0.0.0.0", "255.255.255.255"),
    firewall("0.0.0.1", "255.255.255.254"),
    firewall("10.0.0.0", "20.0.0.0"),
    violates(
      firewall("40.0.0.0", "40.127.255.255"),
      firewall("40.128.0.0", "40.255.255.255", "more"),
    ),
    resource("azure-native:redis:FirewallRule", { startIP: "0.0.0.0", endIP: "255.255.255.255" }),
    sql("0.0.0.0/0"),
    sql("0.0.0.0/1", "128.0.0.0/1"),
  ],
  missing: [passes(firewall(undefined, undefined)), passes(sql())],
  unknown: [
    firewall(unknown, "20.0.0.0"),
    sql(unknown),
    waits(resource("gcp:sql/databaseInstance:DatabaseInstance", { settings: unknown })),
  ],
  wrongType: [passes(firewall(1, {})), passes(sql(5, null))],
};
