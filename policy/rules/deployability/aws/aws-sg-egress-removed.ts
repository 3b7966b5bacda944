import { nodesOf, awsNetwork } from "../../../lib/deployability/aws/reach";
import { SERVICE } from "../../../lib/deployability/aws/types";
import { about } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { AwsNode } from "../../../lib/reachability/aws/nodes";
import { violation, type Report } from "../../../lib/rule";

const HTTPS = 443;

/** What runs programs, with the property that names its security groups. */
const COMPUTE: Readonly<Record<string, string>> = {
  [SERVICE]: "networkConfiguration.securityGroups",
  "aws:lambda/function:Function": "vpcConfig.securityGroupIds",
  "aws:ec2/instance:Instance": "vpcSecurityGroupIds",
};

export const rule = deployability({
  id: "aws-sg-egress-removed",
  title: "What runs programs has a security group that lets something out",
  fails: {
    when: "runtime",
    effect: "broken",
    answer: "Tasks can neither pull their image nor reach a database; every connection times out.",
  },
  fix: "Declare egress: the provider takes away the rule by which AWS lets everything out. Tasks need TCP 443 to their registry, and the ports of their stores.",
  source: "https://www.pulumi.com/registry/packages/aws/api-docs/ec2/securitygroup/",
  checkStack: {
    types: Object.keys(COMPUTE),
    run: (graph) =>
      nodesOf(graph, ...Object.keys(COMPUTE)).flatMap((node) =>
        about(node.resource, checkNode(graph, node)),
      ),
  },
});

function checkNode(graph: Graph, { resource, interfaces }: AwsNode): Report[] {
  const { traffic } = awsNetwork(graph);
  const at = resource.at(COMPUTE[resource.type] ?? "");
  return interfaces.flatMap(({ groups, byDefault }): Report[] => {
    const { targets, outside, maybe, blind } = groups;
    if (byDefault !== false || blind || outside.length + maybe.length > 0 || targets.length === 0)
      return [];
    const names = targets.map(({ name }) => name).join(", ");
    if (traffic.hasNone(targets, "egress")) return [violation(at, `${names} has no egress rule`)];
    // Fargate pulls images and reads secrets through the task's own interface.
    return resource.type === SERVICE && traffic.isShut(targets, "egress", HTTPS)
      ? [violation(at, `no egress rule of ${names} lets TCP 443 out, by which images are pulled`)]
      : [];
  });
}
