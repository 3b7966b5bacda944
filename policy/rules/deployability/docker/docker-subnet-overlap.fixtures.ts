import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const network = (name: string, config: object, provider?: string) =>
  resource(
    "docker:index/network:Network",
    { ipamConfigs: [config] },
    name,
    provider === undefined ? {} : { provider },
  );
const subnet = (text: unknown) => ({ subnet: text });

export const fixtures: Fixtures = {
  good: [
    passes(network("a", subnet("172.30.0.0/24")), network("b", subnet("172.30.1.0/24"))),
    passes(
      network("a", subnet("172.30.0.0/24"), "one"),
      network("b", subnet("172.30.0.0/24"), "two"),
    ),
    network("a", { subnet: "172.30.0.0/24", gateway: "172.30.0.1", ipRange: "172.30.0.128/25" }),
  ],
  bad: [
    violates(network("a", subnet("172.30.0.0/16")), network("b", subnet("172.30.4.0/24"))),
    network("a", { subnet: "172.30.0.0/24", gateway: "172.31.0.1" }),
    network("a", { subnet: "172.30.0.0/24", ipRange: "172.30.0.0/16" }),
    network("a", subnet("172.17.0.0/24")),
  ],
  missing: [passes(resource("docker:index/network:Network", {}))],
  unknown: [network("a", subnet(unknown))],
  wrongType: [passes(network("a", subnet("wide")))],
};
