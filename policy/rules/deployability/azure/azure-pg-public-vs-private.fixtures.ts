import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const server = (network: unknown) =>
  resource("azure-native:dbforpostgresql:Server", { network }, "pg");
const inSubnet = { delegatedSubnetResourceId: { ref: "s.id" } };
const firewall = resource(
  "azure-native:dbforpostgresql:FirewallRule",
  { serverName: { ref: "pg.name" }, startIpAddress: "203.0.113.7", endIpAddress: "203.0.113.7" },
  "fw",
);
const endpoint = resource("azure-native:network:PrivateEndpoint", {
  privateLinkServiceConnections: [
    { privateLinkServiceId: { ref: "pg.id" }, groupIds: ["postgresqlServer"] },
  ],
});

export const fixtures: Fixtures = {
  good: [
    server(inSubnet),
    server({ ...inSubnet, publicNetworkAccess: "Disabled" }),
    passes(server({ publicNetworkAccess: "Enabled" }), firewall),
    passes(server({ publicNetworkAccess: "Disabled" }), endpoint),
  ],
  bad: [
    violates(server(inSubnet), firewall),
    server({ ...inSubnet, publicNetworkAccess: "enabled" }),
    server({ publicNetworkAccess: "Disabled" }),
  ],
  missing: [passes(server(undefined), firewall)],
  unknown: [
    server({ ...inSubnet, publicNetworkAccess: unknown }),
    waits(server(unknown), firewall),
    waits(firewall),
  ],
  wrongType: [passes(server("private"), firewall)],
};
