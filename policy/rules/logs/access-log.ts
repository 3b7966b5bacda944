import { mustBeSet, mustBeTrue } from "../../lib/check/simple";
import { undecided, violation, type Rule } from "../../lib/rule";

const MESSAGE = "requests leave no trace";

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
    types: ["aws:ec2/vpc:Vpc"],
    run: (graph) =>
      graph.ofType("aws:ec2/vpc:Vpc").flatMap((vpc) => {
        const logs = graph.ofType("aws:ec2/flowLog:FlowLog");
        const found = logs.some((log) =>
          graph.links(log, log.at("vpcId"), ["aws:ec2/vpc:Vpc"]).resources.includes(vpc),
        );
        if (found) return [];
        const open = logs.find(
          (log) =>
            log.at("vpcId").unknown &&
            log.propertyDependencies.vpcId === undefined &&
            !graph.links(log, log.at("vpcId")).complete,
        );
        return open === undefined
          ? [{ ...violation(vpc.props, "the network has no flow log"), resource: vpc }]
          : [{ ...undecided(open.at("vpcId")), resource: vpc }];
      }),
  },
};
