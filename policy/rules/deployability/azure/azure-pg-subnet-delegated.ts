import { ofEach } from "../../../lib/deployability/each";
import { cidrOf, delegationsOf, othersOn } from "../../../lib/deployability/azure/subnets";
import { POSTGRES, SUBNET } from "../../../lib/deployability/azure/types";
import { deployability } from "../../../lib/deployability/rule";
import { prefixLength } from "../../../lib/deployability/subnet";
import { target } from "../../../lib/deployability/target";
import { undecided, violation, type Report } from "../../../lib/rule";
import { Value } from "../../../lib/value/value";

const SERVICE = "Microsoft.DBforPostgreSQL/flexibleServers";
const SMALLEST = 28;

export const rule = deployability({
  id: "azure-pg-subnet-delegated",
  title:
    "The subnet of a PostgreSQL server is delegated to it, large enough and holds nothing else",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "400 on delegatedSubnetResourceId: the subnet is not delegated to the service or is already used by another one.",
  },
  fix: `Give servers a subnet of /28 or larger for themselves, with a delegation to ${SERVICE}.`,
  source:
    "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
  checkStack: ofEach([POSTGRES], (server, graph) => {
    const at = server.at("network.delegatedSubnetResourceId");
    const { resource: subnet, open } = target(graph, server, at, SUBNET);
    if (subnet === undefined) return open;
    const reports: Report[] = [];
    const services = delegationsOf(subnet);
    if (services instanceof Value) reports.push(undecided(services));
    else if (!services.includes(SERVICE.toLowerCase()))
      reports.push(violation(at, `subnet ${subnet.name} is not delegated to ${SERVICE}`));
    const length = prefixLength(cidrOf(subnet));
    if (length !== undefined && length > SMALLEST)
      reports.push(
        violation(at, `subnet ${subnet.name} is a /${length}, smaller than /${SMALLEST}`),
      );
    const other = othersOn(graph, subnet, server).find(({ type }) => type !== POSTGRES);
    if (other !== undefined)
      reports.push(violation(at, `subnet ${subnet.name} is used by ${other.name} too`));
    return reports;
  }),
});
