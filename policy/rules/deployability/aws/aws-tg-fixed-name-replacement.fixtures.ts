import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const group = (props: object, type = "aws:lb/targetGroup:TargetGroup") =>
  resource(type, props, "tg");
const listener = resource(
  "aws:lb/listener:Listener",
  { defaultActions: [{ type: "forward", targetGroupArn: { ref: "tg.arn" } }] },
  "l",
);
const weighted = resource(
  "aws:lb/listenerRule:ListenerRule",
  { actions: [{ type: "forward", forward: { targetGroups: [{ arn: { ref: "tg.arn" } }] } }] },
  "r",
);

export const fixtures: Fixtures = {
  good: [
    passes(group({}), listener),
    passes(group({ namePrefix: "web-" }), listener),
    passes(group({ name: "web" })),
    passes(group({ name: "tg-0a1b2c3" }), listener),
  ],
  bad: [
    violates(group({ name: "web" }), listener),
    violates(group({ name: "web" }), weighted),
    violates(group({ name: "web" }, "aws:alb/targetGroup:TargetGroup"), listener),
  ],
  missing: [passes(group({ name: "" }), listener)],
  unknown: [passes(group({ name: unknown }), listener)],
  wrongType: [passes(group({ name: 7 }), listener)],
};
