import { isCopy } from "../../../lib/deployability/aws/databases";
import { inOneVpc, vpcOf, zonesOf } from "../../../lib/deployability/aws/networks";
import {
  CACHE,
  DATABASE,
  DATABASE_CLUSTER,
  SECURITY_GROUP,
  SUBNET,
  VPC,
} from "../../../lib/deployability/aws/types";
import { about, targets } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

const GROUP = "aws:rds/subnetGroup:SubnetGroup";
const CACHE_GROUP = "aws:elasticache/subnetGroup:SubnetGroup";
const DIFFERENT =
  "InvalidParameterCombination: The DB instance and EC2 security group are in different VPCs.";

/** Stores in a subnet group: where they name the group and their security groups. */
const STORES: Readonly<Record<string, { group: string; type: string; security: string }>> = {
  [DATABASE]: { group: "dbSubnetGroupName", type: GROUP, security: "vpcSecurityGroupIds" },
  [DATABASE_CLUSTER]: { group: "dbSubnetGroupName", type: GROUP, security: "vpcSecurityGroupIds" },
  [CACHE]: { group: "subnetGroupName", type: CACHE_GROUP, security: "securityGroupIds" },
};

export const rule = deployability({
  id: "aws-rds-subnet-group-azs",
  title: "A subnet group covers two zones, in the network of its security groups",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "DBSubnetGroupDoesNotCoverEnoughAZs: The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement.",
  },
  fix: "Give the group subnets of at least two availability zones of one VPC, and the database that group and security groups of the same VPC.",
  source:
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
  checkStack: {
    types: [GROUP, ...Object.keys(STORES)],
    run: (graph) => [
      ...graph.ofType(GROUP).flatMap((group) => about(group, checkGroup(graph, group))),
      ...graph
        .ofType(...Object.keys(STORES))
        .flatMap((store) => about(store, checkStore(graph, store))),
    ],
  },
});

function checkGroup(graph: Graph, group: Resource): Report[] {
  const subnets = group.at("subnetIds");
  if (subnets.unknown) return [undecided(subnets)];
  if (subnets.absent) return [];
  return [
    ...coverTwo(graph, group, subnets, subnets),
    ...inOneVpc(
      graph,
      subnets,
      targets(graph, group, subnets.each, SUBNET).found.map(({ resource }) => resource),
      "InvalidParameterValue: The subnets of a DB subnet group must be in one VPC.",
    ),
  ];
}

function coverTwo(graph: Graph, owner: Resource, subnets: Value, at: Value): Report[] {
  const list = subnets.each;
  const { known, open } = zonesOf(graph, owner, list);
  if (known.size >= 2) return [];
  if (list.length >= 2 && open !== undefined) return [{ ...open, path: at.path }];
  const zones = [...known.keys()].join(", ");
  const what = zones === "" ? `${list.length} subnet` : `subnets in ${zones} only`;
  return [violation(at, `the group has ${what}`)];
}

function checkStore(graph: Graph, store: Resource): Report[] {
  const { group, type, security } = STORES[store.type] ?? { group: "", type: "", security: "" };
  const named = store.at(group);
  const groups = targets(graph, store, store.at(security).each, SECURITY_GROUP).found.map(
    ({ resource }) => resource,
  );
  if (named.absent) return isCopy(store) ? [] : inDefaultVpc(graph, store, named, groups);
  const found = targets(graph, store, [named], type).found.map(({ resource }) => resource);
  return found.flatMap((subnetGroup) => {
    const subnets = targets(graph, subnetGroup, subnetGroup.at("subnetIds").each, SUBNET).found;
    const members = [...subnets.map(({ resource }) => resource), ...groups];
    const spans = store.type === CACHE && store.at("multiAzEnabled").boolean === true;
    const list = subnetGroup.at("subnetIds");
    return [
      ...inOneVpc(graph, named, members, DIFFERENT),
      ...(spans && list.present && !list.unknown
        ? coverTwo(graph, subnetGroup, list, named).map((report) => ({
            ...report,
            answer:
              "InvalidParameterValue: multi AZ needs a subnet group with subnets in more than one availability zone.",
          }))
        : []),
    ];
  });
}

/** Without a subnet group a store lands in the account's default network, which no plan makes. */
function inDefaultVpc(
  graph: Graph,
  store: Resource,
  at: Value,
  groups: readonly Resource[],
): Report[] {
  const own = groups.find((group) => {
    const vpc = vpcOf(graph, group);
    return vpc !== undefined && typeof vpc !== "string" && vpc.type === VPC;
  });
  return own === undefined
    ? []
    : [
        {
          ...violation(
            at,
            `${store.name} has no subnet group, so it is not in the network of ${own.name}`,
          ),
          answer: DIFFERENT,
        },
      ];
}
