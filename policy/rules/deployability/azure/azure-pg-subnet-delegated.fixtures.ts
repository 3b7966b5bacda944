import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const subnet = (serviceName: unknown, addressPrefix: unknown = "10.0.2.0/24") =>
  resource(
    "azure-native:network:Subnet",
    { addressPrefix, ...(serviceName ? { delegations: [{ name: "d", serviceName }] } : {}) },
    "s",
  );
const server = (delegatedSubnetResourceId: unknown = { ref: "s.id" }, name = "pg") =>
  resource("azure-native:dbforpostgresql:Server", { network: { delegatedSubnetResourceId } }, name);
const service = "Microsoft.DBforPostgreSQL/flexibleServers";
const endpoint = resource(
  "azure-native:network:PrivateEndpoint",
  { subnet: { id: { ref: "s.id" } } },
  "pe",
);

export const fixtures: Fixtures = {
  good: [
    passes(subnet(service), server()),
    passes(subnet(service.toLowerCase(), "10.0.2.0/28"), server(), server(undefined, "other")),
    passes(resource("azure-native:dbforpostgresql:Server", {})),
  ],
  bad: [
    violates(subnet(undefined), server()),
    violates(subnet("Microsoft.App/environments"), server()),
    violates(subnet(service, "10.0.2.0/29"), server()),
    violates(subnet(service), server(), endpoint),
  ],
  missing: [passes(server(null))],
  unknown: [
    waits(subnet(unknown), server()),
    waits(server(unknown)),
    waits(server("/subscriptions/0/subnets/s")),
  ],
  wrongType: [violates(subnet(7), server())],
};
