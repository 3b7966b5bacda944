import { answered, awsNetwork, pairs } from "../../../lib/deployability/aws/reach";
import { about, type StackReport } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { AwsNode } from "../../../lib/reachability/aws/nodes";
import { STORE_KINDS } from "../../../lib/reachability/aws/stores";
import { reachabilityOf } from "../../../lib/reachability/reachability";
import { violation } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-store-sg-from-client",
  title: "A store lets in its clients on the port it listens on",
  fails: {
    when: "runtime",
    effect: "broken",
    answer: "Connections to the store time out; a migration hangs until its own timeout.",
  },
  fix: "Allow the store's port (5432, 3306, 6379 or its own) into its security group from the security group of every service and job that uses it.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
  checkStack: {
    types: Object.keys(STORE_KINDS),
    run: (graph) => {
      const stores = awsNetwork(graph).nodes.filter(({ resource }) => resource.type in STORE_KINDS);
      return stores.flatMap((store) => {
        const shut = checkPort(graph, store);
        return shut.length > 0 ? shut : checkClients(graph, store);
      });
    },
  },
});

const groupsOf = ({ resource }: AwsNode) =>
  resource.at(STORE_KINDS[resource.type]?.groups[0] ?? "");

/** A store whose groups, all of the plan, let nobody in on its port serves nobody. */
function checkPort(graph: Graph, store: AwsNode): StackReport[] {
  const closed = store.interfaces.some(
    ({ groups }) =>
      groups.targets.length > 0 &&
      groups.outside.length + groups.maybe.length === 0 &&
      !groups.blind &&
      store.ports.some((port) => awsNetwork(graph).traffic.isShut(groups.targets, "ingress", port)),
  );
  if (!closed) return [];
  const message = `no ingress rule of its security groups lets TCP ${store.ports.join(", ")} in`;
  return about(store.resource, [violation(groupsOf(store), message)]);
}

function checkClients(graph: Graph, store: AwsNode): StackReport[] {
  const { nodes, traffic } = awsNetwork(graph);
  return reachabilityOf(graph)
    .uses.filter(({ target }) => target.resource === store.resource)
    .flatMap(({ client, ports }) => {
      const own = nodes.find(({ resource }) => resource === client.resource);
      if (own === undefined) return [];
      return about(
        store.resource,
        pairs(own, store).flatMap(([from, to]) =>
          ports.flatMap((port) =>
            answered(
              groupsOf(store),
              traffic.enters(from, to, port),
              `${client.name} uses it and is not let in on port ${port}`,
            ),
          ),
        ),
      );
    });
}
