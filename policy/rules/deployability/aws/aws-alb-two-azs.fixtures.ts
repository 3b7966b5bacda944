import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const subnet = (name: string, availabilityZone: unknown) =>
  resource("aws:ec2/subnet:Subnet", { availabilityZone }, name);
const a = subnet("a", "eu-west-1a");
const b = subnet("b", "eu-west-1b");
const balancer = (
  props: object = { subnets: [{ ref: "a.id" }, { ref: "b.id" }] },
  type = "aws:lb/loadBalancer:LoadBalancer",
) => resource(type, props, "lb");

export const fixtures: Fixtures = {
  good: [
    passes(a, b, balancer()),
    passes(
      a,
      b,
      balancer({ subnetMappings: [{ subnetId: { ref: "a.id" } }, { subnetId: { ref: "b.id" } }] }),
    ),
    passes(a, balancer({ loadBalancerType: "network", subnets: [{ ref: "a.id" }] })),
    passes(a, b, balancer(undefined, "aws:alb/loadBalancer:LoadBalancer")),
  ],
  bad: [
    violates(a, subnet("b", "eu-west-1a"), balancer()),
    violates(a, balancer({ subnets: [{ ref: "a.id" }] })),
    violates(balancer({ subnets: ["subnet-a"] })),
    violates(
      a,
      subnet("b", "eu-west-1a"),
      balancer({ loadBalancerType: "network", subnets: [{ ref: "a.id" }, { ref: "b.id" }] }),
    ),
    violates(
      a,
      subnet("b", "eu-west-1a"),
      balancer(undefined, "aws:applicationloadbalancing/loadBalancer:LoadBalancer"),
    ),
    violates(
      a,
      b,
      subnet("c", "eu-west-1a"),
      balancer({ subnets: [{ ref: "a.id" }, { ref: "b.id" }, { ref: "c.id" }] }),
    ),
  ],
  missing: [waits(a, subnet("b", undefined), balancer()), passes(balancer({}))],
  unknown: [
    waits(a, subnet("b", unknown), balancer()),
    waits(balancer({ subnets: unknown })),
    waits(balancer({ subnets: ["subnet-a", "subnet-b"] })),
  ],
  wrongType: [passes(balancer({ subnets: [] })), violates(balancer({ subnets: 7 }))],
};
