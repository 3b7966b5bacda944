import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const network = resource("gcp:compute/network:Network", {}, "vpc");
const subnet = (name = "sn") =>
  resource("gcp:compute/subnetwork:Subnetwork", { network: { ref: "vpc.id" } }, name);
const router = (region = "europe-west1") =>
  resource("gcp:compute/router:Router", { region, network: { ref: "vpc.id" } }, "router");
const nat = (more: object = { sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES" }) =>
  resource("gcp:compute/routerNat:RouterNat", { router: { ref: "router.name" }, ...more }, "nat");
const list = (subnetworks: unknown) =>
  nat({ sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS", subnetworks });
const service = (egress: unknown, of: unknown = { ref: "vpc.id" }) =>
  resource("gcp:cloudrunv2/service:Service", {
    location: "europe-west1",
    template: {
      vpcAccess: { egress, networkInterfaces: [{ network: of, subnetwork: { ref: "sn.id" } }] },
    },
  });

export const fixtures: Fixtures = {
  good: [
    passes(network, subnet(), router(), nat(), service("ALL_TRAFFIC")),
    passes(network, subnet(), router(), list([{ name: { ref: "sn.id" } }]), service("ALL_TRAFFIC")),
    passes(network, subnet(), service("PRIVATE_RANGES_ONLY")),
  ],
  bad: [
    violates(network, subnet(), service("ALL_TRAFFIC")),
    violates(network, subnet(), router("us-east1"), nat(), service("ALL_TRAFFIC")),
    violates(
      network,
      subnet(),
      subnet("s2"),
      router(),
      list([{ name: { ref: "s2.id" } }]),
      service("ALL_TRAFFIC"),
    ),
  ],
  missing: [passes(network, subnet(), service(undefined))],
  unknown: [
    waits(network, subnet(), router(), list(unknown), service("ALL_TRAFFIC")),
    waits(network, subnet(), service("ALL_TRAFFIC", unknown)),
    waits(service("ALL_TRAFFIC", "projects/p1/global/networks/shared")),
    passes(network, subnet(), service(unknown)),
  ],
  wrongType: [passes(network, subnet(), service(7))],
};
