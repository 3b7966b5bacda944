import { containersOf, ENVIRONMENT_TYPES } from "../../lib/containers/containers";
import type { Graph } from "../../lib/graph/graph";
import { AWS_OPENING_TYPES, awsOpenings } from "../../lib/net/aws";
import { NSG_TYPES, groupOpenings, ruleOpenings } from "../../lib/net/azure";
import { gcpOpenings } from "../../lib/net/gcp";
import type { Opening } from "../../lib/net/opening";
import { DATABASE_PORTS } from "../../lib/net/ports";
import { reportOpenings } from "../../lib/net/report";
import type { Context, Report, Rule } from "../../lib/rule";
import type { Resource } from "../../lib/resource";
import type { Settings } from "../../lib/settings";

/** Stores whose port can be chosen, with the property of their security groups. */
const STORES: Readonly<Record<string, string>> = {
  "aws:rds/instance:Instance": "vpcSecurityGroupIds",
  "aws:rds/cluster:Cluster": "vpcSecurityGroupIds",
  "aws:docdb/cluster:Cluster": "vpcSecurityGroupIds",
  "aws:neptune/cluster:Cluster": "vpcSecurityGroupIds",
  "aws:redshift/cluster:Cluster": "vpcSecurityGroupIds",
  "aws:elasticache/replicationGroup:ReplicationGroup": "securityGroupIds",
  "aws:elasticache/cluster:Cluster": "securityGroupIds",
  "aws:memorydb/cluster:Cluster": "securityGroupIds",
};

const GROUPS = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
];
const CONNECTION =
  /(?:postgres(?:ql)?|mysql|mariadb|rediss?|valkey|mongodb(?:\+srv)?|sqlserver|clickhouse|memcached|amqps?)(?:\+\w+)?:\/\/[^\s/]*:(\d{2,5})(?:[/?]|$)/i;

type Found = Report & { resource: Resource };

/** Ports that the plan's own connection strings name, wherever the store is. */
function portsInUse(graph: Graph): number[] {
  return graph.ofType(...Object.keys(ENVIRONMENT_TYPES)).flatMap((resource) =>
    containersOf(resource).containers.flatMap(({ environment }) =>
      environment.flatMap(({ value }) => {
        const match = CONNECTION.exec(value.text ?? "");
        return match === null ? [] : [Number(match[1])];
      }),
    ),
  );
}

/** Every way in of the plan, with the resource that opens it and the security group it belongs to. */
function waysIn(
  graph: Graph,
  settings: Settings,
): { resource: Resource; group?: Resource; openings: Opening[] }[] {
  const aws = graph.ofType(...AWS_OPENING_TYPES).map((resource) => {
    const group = GROUPS.includes(resource.type)
      ? resource
      : graph.links(resource, resource.at("securityGroupId"), GROUPS).resources[0];
    return { resource, ...(group === undefined ? {} : { group }), openings: awsOpenings(resource) };
  });
  const nsg = graph
    .ofType(...NSG_TYPES)
    .map((resource) => ({ resource, openings: groupOpenings(resource, settings) }));
  return [...aws, ...nsg, ...ruleOpenings(graph, settings), ...gcpOpenings(graph, settings)];
}

function run(graph: Graph, { settings }: Context): Found[] {
  const custom = (port: number | undefined): port is number =>
    port !== undefined && !(port in DATABASE_PORTS);
  const stores = graph
    .ofType(...Object.keys(STORES))
    .map((store) => ({ port: store.at("port").number, guards: guardsOf(graph, store) }))
    .filter(({ port }) => custom(port));
  const used = new Set(portsInUse(graph).filter(custom));
  if (stores.length === 0 && used.size === 0) return [];
  const ports = waysIn(graph, settings);
  return ports.flatMap(({ resource, group, openings }) => {
    const own = stores
      .filter(({ guards }) => stands(guards, group))
      .map(({ port }) => port as number);
    const wanted = new Set([...used, ...own]);
    // A port that is open on purpose at the edge may happen to be a store's port elsewhere.
    for (const port of settings.publicPorts) if (!own.includes(port)) wanted.delete(port);
    const reports = reportOpenings(openings, settings, (range) =>
      [...wanted]
        .filter((port) => port >= range.from && port <= range.to)
        .map((port) => ({ from: port, to: port, label: `${port} (a store of this plan)` })),
    );
    return reports
      .filter((report) => report.verdict === "violation")
      .map((report) => ({ ...report, resource }));
  });
}

/** The groups before a store; "any" where nothing tells which. */
function guardsOf(graph: Graph, store: Resource): ReadonlySet<Resource> | "any" {
  const value = store.at(STORES[store.type] ?? "");
  const { resources, complete, outside } = graph.links(store, value, GROUPS);
  return resources.length === 0 && (!complete || outside.length === 0) ? "any" : new Set(resources);
}

function stands(guards: ReadonlySet<Resource> | "any", group: Resource | undefined): boolean {
  return guards === "any" || (group !== undefined && guards.has(group));
}

export const rule: Rule = {
  id: "database-custom-port",
  title: "No firewall lets the internet reach the port a store of the plan listens on",
  severity: "critical",
  category: "public-database",
  profile: "baseline",
  why: "A store on an unusual port is found by scanners a few hours later than one on the usual port.",
  fix: {
    aws: "Allow the port from the security group of the workload that uses it.",
    azure: "Allow the port from the workload's subnet.",
    gcp: "Allow the port from the workload's tag or subnet range.",
    docker: "Close the port in the firewall before the host.",
  },
  controls: { nist: ["SC-7", "AC-4"], cis: ["4.4", "12.2"] },
  checkStack: { types: [...Object.keys(STORES), ...Object.keys(ENVIRONMENT_TYPES)], run },
};
