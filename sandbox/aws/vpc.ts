import type { TypeTable } from "../lib/table";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";

/** One direction of a security group, one rule. Everything but ports and peers makes a new one. */
const RULE: TypeTable = {
  id: "sgr-{hex:17}",
  outputs: {
    securityGroupRuleId: "{id}",
    arn: "arn:{partition}:ec2:{region}:{account}:security-group-rule/{id}",
  },
  references: {
    securityGroupId: `${GROUP}|aws:ec2/defaultSecurityGroup:DefaultSecurityGroup`,
    referencedSecurityGroupId: GROUP,
  },
  loose: ["securityGroupId"],
  replaceOn: ["securityGroupId"],
  quota: {
    ...{ most: 60, per: "securityGroupId" },
    answer:
      "api error RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.",
  },
};

export const types: Record<string, TypeTable> = {
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": RULE,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": RULE,
};
