import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const group = (props: object, type = "aws:ec2/securityGroup:SecurityGroup") =>
  resource(type, props, "s");
const beside = (type: string, securityGroupId: unknown = { ref: "s.id" }) =>
  resource(type, { securityGroupId, ipProtocol: "tcp", fromPort: 80, toPort: 80 }, "i");
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const OLD = "aws:ec2/securityGroupRule:SecurityGroupRule";
const all = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }];

export const fixtures: Fixtures = {
  good: [
    passes(group({}), beside(INGRESS)),
    passes(group({ egress: all })),
    passes(
      group({ egress: all }),
      resource("aws:ec2/securityGroup:SecurityGroup", {}, "other"),
      beside(INGRESS, { ref: "other.id" }),
    ),
    passes(
      group({ egress: all }),
      resource(INGRESS, { securityGroupId: "sg-1", referencedSecurityGroupId: { ref: "s.id" } }),
    ),
    passes(group({ ingress: [] }), beside(OLD)),
  ],
  bad: [
    violates(group({ egress: all }), beside(INGRESS)),
    violates(group({ ingress: all }), beside(OLD)),
    violates(
      group({ ingress: all }),
      beside("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"),
    ),
    violates(group({ ingress: unknown }), beside(INGRESS)),
    violates(
      group({ ingress: all }, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"),
      beside(INGRESS),
    ),
  ],
  missing: [passes(group({ ingress: undefined }), beside(INGRESS))],
  unknown: [passes(group({ egress: all }), beside(INGRESS, unknown))],
  wrongType: [
    violates(group({ ingress: 7 }), beside(INGRESS)),
    passes(group({ egress: all }), beside(INGRESS, 7)),
  ],
};
