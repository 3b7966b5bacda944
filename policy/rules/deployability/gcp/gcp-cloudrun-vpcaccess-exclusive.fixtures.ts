import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const network = (autoCreateSubnetworks: unknown, name?: string) =>
  resource("gcp:compute/network:Network", { autoCreateSubnetworks, name }, "vpc");
const subnet = (region = "europe-west1", name?: string) =>
  resource("gcp:compute/subnetwork:Subnetwork", { region, name, network: { ref: "vpc.id" } }, "sn");
const service = (vpcAccess: unknown) =>
  resource("gcp:cloudrunv2/service:Service", { location: "europe-west1", template: { vpcAccess } });
const job = (vpcAccess: unknown) =>
  resource("gcp:cloudrunv2/job:Job", { template: { template: { vpcAccess } } });
const VPC = { network: { ref: "vpc.id" } };
const SN = { subnetwork: { ref: "sn.id" } };

export const fixtures: Fixtures = {
  good: [
    service({ connector: "c", egress: "ALL_TRAFFIC" }),
    passes(network(false), subnet(), service({ networkInterfaces: [{ ...VPC, ...SN }] })),
    passes(network(true), service({ networkInterfaces: [VPC] })),
    passes(
      network(false, "main"),
      subnet("europe-west1", "main"),
      service({ networkInterfaces: [VPC] }),
    ),
  ],
  bad: [
    service({ connector: "c", networkInterfaces: [VPC] }),
    job({ networkInterfaces: [VPC, SN] }),
    violates(network(false), subnet(), service({ networkInterfaces: [VPC] })),
    violates(network(false), subnet("us-east1"), service({ networkInterfaces: [SN] })),
  ],
  missing: [passes(service(undefined))],
  unknown: [
    service(unknown),
    waits(network(unknown), service({ networkInterfaces: [VPC] })),
    passes(network(false), service({ networkInterfaces: [{ network: unknown }] })),
  ],
  wrongType: [passes(service("vpc"))],
};
