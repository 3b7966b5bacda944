import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const subnet = (ipCidrRange: unknown) =>
  resource("gcp:compute/subnetwork:Subnetwork", { ipCidrRange }, "sn");
const vpcAccess = { networkInterfaces: [{ subnetwork: { ref: "sn.id" } }] };
const service = (maxInstanceCount?: number, name = "web") =>
  resource(
    "gcp:cloudrunv2/service:Service",
    { template: { scaling: { maxInstanceCount }, vpcAccess } },
    name,
  );
const job = (parallelism: number) =>
  resource("gcp:cloudrunv2/job:Job", { template: { parallelism, template: { vpcAccess } } }, "job");

export const fixtures: Fixtures = {
  good: [
    passes(subnet("10.8.0.0/24"), service(50)),
    passes(subnet("10.8.0.0/26"), service()),
    passes(subnet("10.8.0.0/23"), service(50), service(50, "api"), job(10)),
    passes(subnet("10.8.0.0/28")),
  ],
  bad: [
    violates(subnet("10.8.0.0/28"), service()),
    violates(subnet("10.8.0.0/26"), service(50)),
    violates(subnet("10.8.0.0/24"), service(50), service(50, "api")),
    violates(subnet("10.8.0.0/26"), job(40)),
  ],
  missing: [passes(subnet(undefined), service(50))],
  unknown: [waits(subnet(unknown), service(50))],
  wrongType: [passes(subnet("small"), service(50))],
};
