import { answered, awsNetwork, lateGateway } from "../../../lib/deployability/aws/reach";
import { NAT, SUBNET } from "../../../lib/deployability/aws/types";
import { ofEach } from "../../../lib/deployability/each";
import { targets } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-nat-in-public-subnet",
  title: "A NAT gateway stands in a public subnet, after the internet gateway",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "broken",
    answer:
      "Gateway.NotAttached: Network is not attached to any internet gateway; in a private subnet it becomes available and forwards nothing.",
  },
  fix: "Put it into a subnet whose own route table leads 0.0.0.0/0 to the internet gateway, and let it depend on that gateway.",
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-scenarios.html",
  checkStack: ofEach([NAT], (gateway, graph) => {
    const kind = gateway.at("connectivityType");
    if (kind.unknown) return [undecided(kind)];
    if (kind.isWord("private")) return [];
    const at = gateway.at("subnetId");
    const { found, open } = targets(graph, gateway, [at], SUBNET);
    if (found.length === 0) return open;
    const reports = answered(
      at,
      awsNetwork(graph).internet.natWorks(gateway),
      "it forwards nothing",
    );
    if (reports.length > 0) return reports;
    const late = lateGateway(
      graph,
      gateway,
      found.map(({ resource }) => resource),
    );
    return late === undefined
      ? []
      : [violation(at, `it does not wait for ${late.name}, the internet gateway of its network`)];
  }),
});
