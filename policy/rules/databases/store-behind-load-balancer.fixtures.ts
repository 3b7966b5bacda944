import { passes, resource, unknown, violates, waits, type Fixtures } from "../../lib/fixture";

const balancer = (internal: unknown) =>
  resource("aws:lb/loadBalancer:LoadBalancer", { internal }, "lb");
const targets = (port: number) =>
  resource("aws:lb/targetGroup:TargetGroup", { port, protocol: "TCP" }, "tg");
const listener = (port: unknown, protocol = "TCP") =>
  resource(
    "aws:lb/listener:Listener",
    {
      loadBalancerArn: { ref: "lb.arn" },
      port,
      protocol,
      defaultActions: [{ type: "forward", targetGroupArn: { ref: "tg.arn" } }],
    },
    "listener",
  );
const app = (image: string, external: unknown) =>
  resource("azure-native:app:ContainerApp", {
    template: { containers: [{ name: "c", image }] },
    configuration: { ingress: { external, targetPort: 8080 } },
  });
const forwarding = (props: object) => resource("gcp:compute/forwardingRule:ForwardingRule", props);

export const fixtures: Fixtures = {
  good: [
    passes(balancer(true), targets(5432), listener(5432)),
    passes(balancer(false), targets(8080), listener(443, "HTTPS")),
    app("acme/web:1", true),
    app("redis:7", false),
    forwarding({ loadBalancingScheme: "INTERNAL", ports: ["5432"] }),
  ],
  bad: [
    violates(balancer(false), targets(5432), listener(15432)),
    violates(balancer(undefined), targets(6379), listener(6379, "TLS")),
    app("redis:7", true),
    forwarding({ loadBalancingScheme: "EXTERNAL", portRange: "5432" }),
  ],
  missing: [passes(listener(undefined)), passes(resource("azure-native:app:ContainerApp", {}))],
  unknown: [
    waits(balancer(unknown), targets(5432), listener(5432)),
    app("postgres:16", unknown),
    forwarding({ loadBalancingScheme: unknown, ports: ["5432"] }),
  ],
  wrongType: [
    passes(forwarding({ ports: {} })),
    passes(balancer("no"), targets(80), listener("x")),
  ],
};
