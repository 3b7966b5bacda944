import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const balancer = (props: object) => resource("aws:lb/loadBalancer:LoadBalancer", props, "lb");
const association = resource(
  "aws:wafv2/webAclAssociation:WebAclAssociation",
  { resourceArn: { ref: "lb.arn" } },
  "waf",
);
const backend = (props: object) => resource("gcp:compute/backendService:BackendService", props);

export const fixtures: Fixtures = {
  good: [
    passes(balancer({}), association),
    balancer({ internal: true }),
    backend({ securityPolicy: unknown }),
  ],
  bad: [balancer({ internal: false }), backend({ loadBalancingScheme: "EXTERNAL_MANAGED" })],
  missing: [violates(backend({}))],
  unknown: [passes(backend({ securityPolicy: unknown }))],
  wrongType: [violates(backend({ securityPolicy: false }))],
};
