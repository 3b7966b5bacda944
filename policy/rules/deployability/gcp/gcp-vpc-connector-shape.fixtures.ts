import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const connector = (props: object, name = "conn") =>
  resource(
    "gcp:vpcaccess/connector:Connector",
    { minInstances: 2, maxInstances: 3, ...props },
    name,
  );
const range = { network: "default", ipCidrRange: "10.9.0.0/28" };
const subnet = (ipCidrRange: string) =>
  resource("gcp:compute/subnetwork:Subnetwork", { ipCidrRange }, "sn");
const throughput = (minThroughput: unknown, maxThroughput: unknown) =>
  connector({
    ...range,
    minInstances: undefined,
    maxInstances: undefined,
    minThroughput,
    maxThroughput,
  });

export const fixtures: Fixtures = {
  good: [
    connector(range),
    passes(subnet("10.9.0.16/28"), connector({ subnet: { name: { ref: "sn.name" } } })),
    throughput(200, 1000),
    connector({ ...range, name: "run-to-stores" }),
  ],
  bad: [
    connector({ ...range, ipCidrRange: "10.9.0.0/24" }),
    connector({ ipCidrRange: "10.9.0.0/28" }),
    connector({}),
    connector({ ...range, subnet: { name: "sn" } }),
    connector({ ...range, minInstances: 3, maxInstances: 3 }),
    connector({ ...range, minInstances: 1 }),
    connector({ ...range, maxInstances: 12 }),
    throughput(undefined, undefined),
    throughput(300, 300),
    connector({ ...range, name: "cloud-run-to-private-stores" }),
    connector(range, "connector-of-the-shop"),
    violates(subnet("10.9.0.0/24"), connector(range)),
    violates(subnet("10.9.0.0/24"), connector({ subnet: { name: { ref: "sn.name" } } })),
  ],
  missing: [violates(resource("gcp:vpcaccess/connector:Connector", {}))],
  unknown: [
    connector({ ...range, ipCidrRange: unknown }),
    connector({ ...range, minInstances: unknown }),
  ],
  wrongType: [violates(connector({ ...range, ipCidrRange: "wide" }))],
};
