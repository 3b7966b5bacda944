import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const group = resource("aws:lb/targetGroup:TargetGroup", {}, "tg");
const listener = (
  props: object = { defaultActions: [{ type: "forward", targetGroupArn: { ref: "tg.arn" } }] },
) => resource("aws:lb/listener:Listener", props, "https");
const ruled = (type = "aws:lb/listenerRule:ListenerRule") =>
  resource(
    type,
    {
      actions: [
        { type: "forward", forward: { targetGroups: [{ arn: { ref: "tg.arn" }, weight: 1 }] } },
      ],
    },
    "route",
  );
const service = (dependsOn: string[] = [], targetGroupArn: unknown = { ref: "tg.arn" }) =>
  resource(
    "aws:ecs/service:Service",
    { loadBalancers: [{ targetGroupArn, containerName: "web", containerPort: 80 }] },
    "svc",
    { opts: { dependsOn } },
  );
const other = resource(
  "aws:lb/listener:Listener",
  { defaultActions: [{ type: "redirect" }] },
  "http",
);

export const fixtures: Fixtures = {
  good: [
    passes(group, listener(), service(["https"])),
    passes(group, ruled(), service(["route"])),
    passes(group, ruled("aws:alb/listenerRule:ListenerRule"), service(["route"])),
    passes(group, listener(), ruled(), service(["route"])),
    passes(
      resource("my:index:Edge", {}, "edge"),
      { ...group, parent: "edge" },
      { ...listener(), parent: "edge" },
      service(["edge"]),
    ),
    passes(resource("aws:ecs/service:Service", { loadBalancers: [] }, "svc")),
  ],
  bad: [
    violates(group, listener(), service()),
    violates(group, service()),
    violates(group, other, service(["http"])),
    violates({ ...group, type: "aws:alb/targetGroup:TargetGroup" }, listener(), service()),
  ],
  missing: [passes(group, service([], null)), passes(resource("aws:ecs/service:Service", {}))],
  unknown: [
    waits(group, service([], unknown)),
    waits(group, listener({ defaultActions: unknown }), service(["https"])),
    waits(service([], "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/a/1")),
  ],
  wrongType: [passes(resource("aws:ecs/service:Service", { loadBalancers: 7 }))],
};
