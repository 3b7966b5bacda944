import ipaddr from "ipaddr.js";
import { containers, statements } from "../clouds/aws";
import { only } from "../clouds/reader";
import type { Deployed, DeployedResource, Properties } from "../support/deployed";
import type { CloudFacts } from "./facts";

const RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/** Ingress rules of a component's groups that let in the internet. */
function openRules(stack: Deployed, name: string): DeployedResource[] {
  const groups = stack.within(name, "aws:ec2/securityGroup:SecurityGroup").map(({ id }) => id);
  return stack
    .of(RULE)
    .filter(({ inputs }) => groups.includes(inputs["securityGroupId"] as string))
    .filter(({ inputs }) => {
      const network = (inputs["cidrIpv4"] ?? inputs["cidrIpv6"]) as string | undefined;
      return network !== undefined && ipaddr.parseCIDR(network)[0].range() !== "private";
    });
}

const logDays = (stack: Deployed, group: string): number =>
  stack.of("aws:cloudwatch/logGroup:LogGroup").find(({ outputs }) => outputs["name"] === group)
    ?.inputs["retentionInDays"] as number;

/** Actions that AWS grants on everything or not at all (Service Authorization Reference). */
const UNSCOPED =
  /^(ecr:GetAuthorizationToken|elasticloadbalancing:Describe\w+|ec2:Describe\w+|ecs:(DescribeTasks|ListTasks|StopTask))$/;

export const aws: CloudFacts = {
  database: (stack, name) => {
    const { inputs } = only(name, stack.within(name, "aws:rds/instance:Instance"));
    const groups = stack.within(name, "aws:rds/parameterGroup:ParameterGroup");
    const parameters = groups.flatMap(({ inputs }) => inputs["parameters"] as Properties[]);
    const logs = stack
      .within(name, "aws:cloudwatch/logGroup:LogGroup")
      .map(({ outputs }) => logDays(stack, outputs["name"] as string));
    return {
      encryption: inputs["kmsKeyId"] ? "own key" : "platform's key",
      isPublic: inputs["publiclyAccessible"] !== false || openRules(stack, name).length > 0,
      onlyTls: parameters.some((each) => each["name"] === "rds.force_ssl" && each["value"] === "1"),
      onlyPassword: inputs["password"] !== undefined,
      backupDays: inputs["storageEncrypted"] ? (inputs["backupRetentionPeriod"] as number) : 0,
      logDays: Math.min(...logs),
    };
  },

  cache: (stack, name) => {
    const type = "aws:elasticache/replicationGroup:ReplicationGroup";
    const { inputs } = only(name, stack.within(name, type));
    return {
      encryption: inputs["atRestEncryptionEnabled"] ? "platform's key" : "host's disk",
      isPublic: openRules(stack, name).length > 0,
      onlyTls: inputs["transitEncryptionEnabled"] && inputs["transitEncryptionMode"] === "required",
      onlyPassword: inputs["authToken"] !== undefined,
    };
  },

  workload: (stack, name) => {
    const all = containers(stack, name);
    const roots = all.filter(
      ({ user, privileged }) => /^0?(:|$)/.test(user as string) || privileged,
    );
    const services = stack.within(name, "aws:ecs/service:Service");
    return {
      user: roots.length > 0 ? "0" : String(all[0]?.["user"]),
      isPublic:
        openRules(stack, name).length > 0 ||
        services.some(({ inputs }) => inputs["networkConfiguration"].assignPublicIp),
      logDays: logDays(stack, all[0]?.["logConfiguration"].options["awslogs-group"] as string),
    };
  },

  edge: (stack, name) => {
    const listeners = stack.within(name, "aws:lb/listener:Listener").map(({ inputs }) => inputs);
    const http = listeners.find(({ port }) => port === 80);
    const https = listeners.find(({ port }) => port === 443);
    return {
      ports: [...new Set(openRules(stack, name).map(({ inputs }) => inputs["fromPort"] as number))],
      redirectsHttp: http?.["defaultActions"][0].redirect?.protocol === "HTTPS",
      leastTls: /TLS13-1-3/.test(https?.["sslPolicy"] as string) ? "1.3" : "1.2",
      hasFirewall: stack.within(name, "aws:wafv2/webAclAssociation:WebAclAssociation").length > 0,
    };
  },

  wildcards: (stack) =>
    stack.of("aws:iam/rolePolicy:RolePolicy").flatMap((policy) =>
      statements(policy)
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Action, Resource, Condition }) => {
          const actions = [Action].flat() as string[];
          const everything = [Resource].flat().includes("*") && Condition === undefined;
          return actions
            .filter((action) => action.includes("*") || (everything && !UNSCOPED.test(action)))
            .map((action) => `${policy.name}: ${action}`);
        }),
    ),

  limits: [
    {
      type: "aws:elasticache/replicationGroup:ReplicationGroup",
      property: "replicationGroupId",
      max: 40,
    },
    { type: "aws:iam/role:Role", property: "name", max: 64 },
    { type: "aws:lambda/function:Function", property: "name", max: 64 },
    { type: "aws:lb/loadBalancer:LoadBalancer", property: "name", max: 32 },
    { type: "aws:lb/targetGroup:TargetGroup", property: "name", max: 32 },
    { type: "aws:rds/instance:Instance", property: "identifier", max: 63 },
    { type: "aws:s3/bucket:Bucket", property: "bucket", max: 63 },
  ],

  refused: {
    config: { "portolan:logs": { days: 45 } },
    sentence: /portolan:logs\.days: 45 is not offered by every log store; use one of 30/,
  },
};
