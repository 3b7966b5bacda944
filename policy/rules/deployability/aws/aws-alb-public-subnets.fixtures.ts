import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";
import { net, PRIVATE, PUBLIC } from "../../../lib/deployability/aws/network.samples";

const balancer = (
  props: object = {},
  dependsOn = ["igw"],
  type = "aws:lb/loadBalancer:LoadBalancer",
) => resource(type, { subnets: [{ ref: "pub.id" }], ...props }, "lb", { opts: { dependsOn } });
const all = [...net, ...PUBLIC, ...PRIVATE];
const priv = { subnets: [{ ref: "priv.id" }] };

export const fixtures: Fixtures = {
  good: [
    passes(...all, balancer()),
    passes(...all, balancer({ internal: true, ...priv }, [])),
    passes(
      ...all,
      balancer({ subnets: undefined, subnetMappings: [{ subnetId: { ref: "pub.id" } }] }),
    ),
  ],
  bad: [
    violates(...all, balancer(priv)),
    violates(...all, balancer({ subnets: [{ ref: "pub.id" }, { ref: "priv.id" }] })),
    violates(...net, ...PRIVATE, balancer(priv, [])),
    violates(...all, balancer({}, [])),
    violates(...all, balancer(priv, ["igw"], "aws:alb/loadBalancer:LoadBalancer")),
    violates(...all, balancer({ ...priv, internal: false })),
  ],
  missing: [passes(...all, balancer({ subnets: undefined }))],
  unknown: [
    waits(...all, balancer({ internal: unknown })),
    waits(balancer({ subnets: unknown })),
    waits(balancer({ subnets: ["subnet-a", "subnet-b"] })),
  ],
  wrongType: [violates(...all, balancer({ internal: 7, ...priv }))],
};
