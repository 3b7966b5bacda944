import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";
import { egress, group, ingress, openEgress } from "../../../lib/deployability/aws/network.samples";

const balancer = (props: object = {}) =>
  resource(
    "aws:lb/loadBalancer:LoadBalancer",
    { securityGroups: [{ ref: "alb.id" }], subnets: ["subnet-a", "subnet-b"], ...props },
    "lb",
  );
const target = (props: object = {}) =>
  resource("aws:lb/targetGroup:TargetGroup", { port: 80, targetType: "ip", ...props }, "tg");
const listener = resource(
  "aws:lb/listener:Listener",
  {
    loadBalancerArn: { ref: "lb.arn" },
    defaultActions: [{ type: "forward", targetGroupArn: { ref: "tg.arn" } }],
  },
  "https",
);
const service = (props: object = {}) =>
  resource(
    "aws:ecs/service:Service",
    {
      networkConfiguration: { subnets: ["subnet-c"], securityGroups: [{ ref: "task.id" }] },
      loadBalancers: [
        { targetGroupArn: { ref: "tg.arn" }, containerName: "web", containerPort: 8080 },
      ],
      ...props,
    },
    "svc",
  );
const all = [group("alb"), group("task"), balancer(), target(), listener, service()];

export const fixtures: Fixtures = {
  good: [
    passes(...all, egress("alb", 8080, "task"), ingress("task", 8080, "alb")),
    passes(...all, openEgress("alb"), ingress("task", undefined, "alb")),
    passes(...all, openEgress("alb"), ingress("task", 8080, { cidrIpv4: "0.0.0.0/0" })),
  ],
  bad: [
    violates(...all, ingress("task", 80, "alb")),
    violates(...all, ingress("task", 8080, "alb")),
    violates(...all, openEgress("alb"), ingress("task", 80, "alb")),
    violates(...all, openEgress("alb")),
    violates(...all, egress("alb", 80, "task"), ingress("task", 8080, "alb")),
    violates(
      ...all.slice(0, 3),
      target({ healthCheck: { port: "9090" } }),
      listener,
      service(),
      openEgress("alb"),
      ingress("task", 8080, "alb"),
    ),
  ],
  missing: [passes(...all.slice(0, 5), service({ loadBalancers: undefined }))],
  unknown: [
    waits(
      ...all.slice(0, 2),
      balancer({ securityGroups: unknown }),
      target(),
      listener,
      service(),
      ingress("task", 8080, "alb"),
    ),
    waits(
      ...all.slice(0, 2),
      balancer({ securityGroups: ["sg-1"] }),
      target(),
      listener,
      service(),
      ingress("task", 8080, "alb"),
    ),
  ],
  wrongType: [passes(...all.slice(0, 5), service({ loadBalancers: 7 }))],
};
