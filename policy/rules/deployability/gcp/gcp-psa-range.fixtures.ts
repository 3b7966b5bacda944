import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const network = resource("gcp:compute/network:Network", {}, "vpc");
const range = (more: object = {}) =>
  resource(
    "gcp:compute/globalAddress:GlobalAddress",
    {
      purpose: "VPC_PEERING",
      addressType: "INTERNAL",
      prefixLength: 16,
      network: { ref: "vpc.id" },
      ...more,
    },
    "range",
  );
const peering = (reserved: unknown = { ref: "range.name" }, name = "peering") =>
  resource(
    "gcp:servicenetworking/connection:Connection",
    {
      network: { ref: "vpc.id" },
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: [reserved],
    },
    name,
  );
const subnet = resource("gcp:compute/subnetwork:Subnetwork", {
  network: { ref: "vpc.id" },
  ipCidrRange: "10.8.1.0/24",
});

export const fixtures: Fixtures = {
  good: [
    passes(network, range(), peering()),
    passes(network, range({ address: "10.9.0.0" }), peering(), subnet),
    resource("gcp:compute/globalAddress:GlobalAddress", { addressType: "EXTERNAL" }),
  ],
  bad: [
    range({ addressType: undefined }),
    range({ addressType: "EXTERNAL" }),
    range({ prefixLength: 28 }),
    range({ prefixLength: undefined }),
    range({ network: undefined }),
    violates(network, range({ purpose: undefined }), peering()),
    violates(network, range(), peering({ ref: "range.id" })),
    violates(network, peering("projects/p1/global/addresses/range")),
    violates(network, range(), peering(), peering(undefined, "again")),
    violates(network, range({ address: "10.8.0.0" }), peering(), subnet),
  ],
  missing: [passes(resource("gcp:compute/globalAddress:GlobalAddress", {}))],
  unknown: [
    range({ addressType: unknown }),
    range({ prefixLength: unknown }),
    waits(network, range({ purpose: unknown }), peering()),
  ],
  wrongType: [violates(range({ prefixLength: "wide" }))],
};
