import { awsNetwork } from "../../../lib/deployability/aws/reach";
import { about } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { AwsNode } from "../../../lib/reachability/aws/nodes";
import { STORE_KINDS } from "../../../lib/reachability/aws/stores";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-store-not-public",
  title: "A store has no public address, no public subnet and no rule for everybody",
  // Only the three together open it; each alone is one step away.
  confidence: "medium",
  fails: {
    when: "runtime",
    effect: "insecure",
    answer: "It comes up without a complaint, and the database answers the internet.",
  },
  fix: "Leave publiclyAccessible false, put the subnet group into private subnets, and name the clients' security groups in its ingress rules.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.html",
  checkStack: {
    types: Object.keys(STORE_KINDS),
    run: (graph) =>
      awsNetwork(graph)
        .nodes.filter(({ resource }) => resource.type in STORE_KINDS)
        .flatMap((store) => about(store.resource, checkStore(graph, store))),
  },
});

function checkStore(graph: Graph, store: AwsNode): Report[] {
  const { resource, publicAddress, interfaces } = store;
  const kind = STORE_KINDS[resource.type];
  const reports: Report[] = [];
  if (publicAddress?.unknown === true) reports.push(undecided(publicAddress));
  if (publicAddress?.boolean === true)
    reports.push(violation(publicAddress, "it has a public address"));
  const { internet } = awsNetwork(graph);
  const subnets = interfaces.flatMap((own) => own.subnets.targets);
  const open = subnets.find((subnet) => internet.isPublic(subnet).verdict === "yes");
  if (open !== undefined) {
    const at = resource.at(kind?.subnetGroup?.property ?? kind?.subnets?.[0] ?? "");
    reports.push(violation(at, `${open.name} has a route to an internet gateway`));
  }
  const world = store.ports.flatMap((port) =>
    awsNetwork(graph)
      .admitted(store, port)
      .filter(({ node, who }) => node === undefined && /^(0\.0\.0\.0|::)\/0$/.test(who)),
  );
  if (world[0] !== undefined) {
    const at = resource.at(kind?.groups[0] ?? "");
    reports.push(violation(at, `${world[0].through} lets in ${world[0].who}`));
  }
  return reports;
}
