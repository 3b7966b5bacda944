import { SECURITY_GROUP } from "../../../lib/deployability/aws/types";
import { about } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { violation } from "../../../lib/rule";

const STANDALONE = [
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
];
const GROUPS = [SECURITY_GROUP, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"];

export const rule = deployability({
  id: "aws-sg-inline-vs-standalone",
  title: "A security group has its rules inside or beside it, not both",
  fails: {
    when: "update",
    effect: "broken",
    answer:
      "Each update of the group removes the rules beside it and the next one adds them again: connections come and go.",
  },
  fix: "Move every ingress and egress of the group into SecurityGroupIngressRule and SecurityGroupEgressRule resources.",
  source: "https://www.pulumi.com/registry/packages/aws/api-docs/ec2/securitygroup/",
  checkStack: {
    types: GROUPS,
    run: (graph) =>
      graph.ofType(...GROUPS).flatMap((group) => {
        const inline = ["ingress", "egress"]
          .map((property) => group.at(property))
          .find((list) => list.unknown || list.each.length > 0);
        if (inline === undefined) return [];
        const [beside] = graph
          .referrers(group, ...STANDALONE)
          .filter((other) =>
            graph.links(other, other.at("securityGroupId"), GROUPS).resources.includes(group),
          );
        if (beside === undefined) return [];
        return about(group, [
          violation(inline, `it has ${inline.path} of its own, and ${beside.name} beside it`),
        ]);
      }),
  },
});
