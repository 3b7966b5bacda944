import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const network = (subnets: unknown) =>
  resource("azure-native:network:VirtualNetwork", { virtualNetworkName: "acme", subnets }, "vnet");
const subnet = (virtualNetworkName: unknown = { ref: "vnet.name" }) =>
  resource("azure-native:network:Subnet", { virtualNetworkName }, "s");
const inline = [{ name: "a", addressPrefix: "10.0.0.0/24" }];

export const fixtures: Fixtures = {
  good: [
    passes(network(undefined), subnet()),
    passes(network([]), subnet()),
    passes(network(inline)),
  ],
  bad: [violates(network(inline), subnet()), violates(network(inline), subnet("acme"))],
  missing: [passes(network(inline), subnet(null))],
  unknown: [waits(network(unknown), subnet()), waits(network(inline), subnet("elsewhere"))],
  wrongType: [passes(network("none"), subnet(7))],
};
