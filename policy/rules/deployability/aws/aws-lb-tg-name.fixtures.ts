import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const balancer = (props: object, name = "web") =>
  resource("aws:lb/loadBalancer:LoadBalancer", props, name);
const group = (props: object, name = "web") =>
  resource("aws:lb/targetGroup:TargetGroup", props, name);

export const fixtures: Fixtures = {
  good: [
    balancer({ name: "web-1" }),
    balancer({}),
    balancer({}, "a".repeat(24)),
    group({ name: "a".repeat(32) }),
    group({ namePrefix: "web-" }, "a".repeat(40)),
    group({ name: "internal-web" }),
  ],
  bad: [
    balancer({ name: "a".repeat(33) }),
    balancer({}, "a".repeat(25)),
    balancer({ name: "web_1" }),
    balancer({ name: "-web" }),
    group({ name: "web-" }),
    balancer({ name: "internal-web" }),
    group({}, "my.service"),
    group({ namePrefix: "service-" }),
    resource("aws:alb/targetGroup:TargetGroup", { name: "a_b" }),
  ],
  missing: [passes(balancer({ name: "" })), violates(balancer({}, "web_1"))],
  unknown: [balancer({ name: unknown }), group({ namePrefix: unknown })],
  wrongType: [passes(balancer({ name: 7 })), passes(group({ name: [] }))],
};
