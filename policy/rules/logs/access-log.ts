import { mustBeSet, mustBeTrue } from "../../lib/check/simple";
import type { Graph } from "../../lib/graph/graph";
import type { Resource } from "../../lib/resource";
import { undecided, violation, type Report, type Rule } from "../../lib/rule";

const MESSAGE = "requests leave no trace";

const VPC = "aws:ec2/vpc:Vpc";
const BUCKET = "aws:s3/bucket:Bucket";
const BUCKET_LOGGING = "aws:s3/bucketLogging:BucketLogging";

type Found = Report & { resource: Resource };

function networksWithoutLog(graph: Graph): Found[] {
  const links = graph
    .ofType("aws:ec2/flowLog:FlowLog")
    .map((log) => ({ log, ...graph.links(log, log.at("vpcId"), [VPC]) }));
  const logged = new Set(links.flatMap(({ resources }) => resources));
  const open = links.find(({ complete }) => !complete);
  return graph
    .ofType(VPC)
    .filter((vpc) => !logged.has(vpc))
    .map((resource) =>
      open === undefined
        ? { ...violation(resource.props, "the network has no flow log"), resource }
        : { ...undecided(open.log.at("vpcId")), resource },
    );
}

/** Buckets that take the logs of others need no log of their own: it would log itself. */
function bucketsWithoutLog(graph: Graph): Found[] {
  const logging = graph.ofType(BUCKET_LOGGING);
  const done = new Set([
    ...logging.flatMap((item) => graph.links(item, item.at("bucket"), [BUCKET]).resources),
    ...logging.flatMap((item) => graph.links(item, item.at("targetBucket"), [BUCKET]).resources),
    ...LOG_WRITERS.flatMap(([type, path]) =>
      graph
        .ofType(type)
        .flatMap((writer) => graph.links(writer, writer.at(path), [BUCKET]).resources),
    ),
  ]);
  return graph
    .ofType(BUCKET)
    .filter(
      (bucket) =>
        !done.has(bucket) && bucket.at("loggings").each.length === 0 && bucket.at("logging").absent,
    )
    .map((resource) => ({ ...violation(resource.props, MESSAGE), resource }));
}

/** What writes logs into buckets, with the property that names the bucket. */
const LOG_WRITERS = [
  ["aws:lb/loadBalancer:LoadBalancer", "accessLogs"],
  ["aws:cloudfront/distribution:Distribution", "loggingConfig"],
  ["aws:cloudtrail/trail:Trail", "s3BucketName"],
  ["aws:ec2/flowLog:FlowLog", "logDestination"],
] as const;

export const rule: Rule = {
  id: "access-log",
  title: "Edges, buckets, networks and databases write access logs",
  severity: "medium",
  category: "access-log",
  profile: "strict",
  why: "Without them nobody can say who asked for what when something has gone wrong.",
  fix: {
    aws: "Set accessLogs.enabled of load balancers, loggingConfig of distributions, enabledCloudwatchLogsExports of databases.",
    azure: "Add a DiagnosticSetting for the resource.",
    gcp: "Set logConfig.enable of backend services, logging of buckets and logConfig of subnetworks.",
  },
  controls: { nist: ["AU-2", "AU-3", "AU-12"], cis: ["8.2", "8.5"] },
  check: {
    "aws:lb/loadBalancer:LoadBalancer": (resource) =>
      mustBeTrue(resource.at("accessLogs.enabled"), MESSAGE),
    "aws:cloudfront/distribution:Distribution": (resource) =>
      mustBeSet(resource.at("loggingConfig"), MESSAGE),
    "aws:apigateway/stage:Stage": (resource) =>
      mustBeSet(resource.at("accessLogSettings"), MESSAGE),
    "aws:apigatewayv2/stage:Stage": (resource) =>
      mustBeSet(resource.at("accessLogSettings"), MESSAGE),
    "aws:rds/instance:Instance": (resource) =>
      mustBeSet(resource.at("enabledCloudwatchLogsExports"), MESSAGE),
    "aws:rds/cluster:Cluster": (resource) =>
      mustBeSet(resource.at("enabledCloudwatchLogsExports"), MESSAGE),
    "gcp:compute/backendService:BackendService": (resource) =>
      mustBeTrue(resource.at("logConfig.enable"), MESSAGE),
    "gcp:compute/subnetwork:Subnetwork": (resource) => {
      const purpose = resource.at("purpose");
      return purpose.present && !purpose.isWord("PRIVATE")
        ? []
        : mustBeSet(resource.at("logConfig"), MESSAGE);
    },
  },
  checkStack: {
    types: [VPC, BUCKET],
    run: (graph) => [...networksWithoutLog(graph), ...bucketsWithoutLog(graph)],
  },
};
