import { zonesOf } from "../../../lib/deployability/aws/networks";
import { LOAD_BALANCER } from "../../../lib/deployability/aws/types";
import { about, valuesAt } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-alb-two-azs",
  title: "An application load balancer has one subnet in each of two zones or more",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "ValidationError: At least two subnets in two different Availability Zones must be specified",
  },
  fix: "Give it subnets of two different availability zones, one for each, and set availabilityZone on every subnet.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
  checkStack: {
    types: [LOAD_BALANCER],
    run: (graph) =>
      graph
        .ofType(LOAD_BALANCER)
        .flatMap((balancer) => about(balancer, checkBalancer(graph, balancer))),
  },
});

function checkBalancer(graph: Graph, balancer: Resource): Report[] {
  const subnets = balancer.at("subnets");
  const mappings = balancer.at("subnetMappings");
  const at = subnets.present ? subnets : mappings;
  if (at.unknown) return [undecided(at)];
  const listed = subnets.present ? subnets.each : valuesAt(mappings, "[].subnetId");
  if (listed.length === 0) return [];
  const { known, open } = zonesOf(graph, balancer, listed);
  const twice = [...known].find(([, members]) => members.length > 1);
  if (twice !== undefined) {
    const [zone, members] = twice;
    return [
      {
        ...violation(at, `${members.map(({ name }) => name).join(" and ")} are both in ${zone}`),
        answer:
          "InvalidConfigurationRequest: A load balancer cannot be attached to multiple subnets in the same Availability Zone",
      },
    ];
  }
  const type = balancer.at("loadBalancerType");
  if (type.isWord("network", "gateway") || known.size >= 2) return [];
  if (type.unknown) return [undecided(type)];
  if (listed.length < 2) return [violation(at, "it has one subnet only")];
  return open === undefined
    ? [violation(at, `its subnets are in ${[...known.keys()].join(", ")} only`)]
    : [{ ...open, path: at.path }];
}
