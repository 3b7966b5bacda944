import { given, passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const group = (from: unknown, to: unknown = from, cidr: unknown = "0.0.0.0/0") =>
  resource("aws:ec2/securityGroup:SecurityGroup", {
    ingress: [{ protocol: "tcp", fromPort: from, toPort: to, cidrBlocks: [cidr] }],
  });

export const fixtures: Fixtures = {
  good: [
    group(443),
    group(80),
    group(8080, 8080, "10.0.0.0/8"),
    given({ publicPorts: [443, 8080] }, passes(group(8080))),
    given({ allowedCidrs: ["0.0.0.0/0"] }, passes(group(8080))),
  ],
  bad: [group(8080), group(8000, 8100), given({ publicPorts: [443] }, violates(group(80)))],
  missing: [passes(resource("aws:ec2/securityGroup:SecurityGroup", {}))],
  unknown: [group(8080, 8080, unknown), group(unknown, unknown)],
  wrongType: [passes(group(8080, 8080, 5))],
};
