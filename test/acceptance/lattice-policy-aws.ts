import ipaddr from "ipaddr.js";
import { containers } from "../clouds/aws";
import { READERS } from "../clouds/readers";
import type { Deployed, DeployedResource, Properties } from "../support/deployed";
import { latticePolicyOn } from "./lattice-policy";
import type { Checks } from "./statements";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const SERVICE = "aws:ecs/service:Service";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const TARGETS = "aws:lb/targetGroup:TargetGroup";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** The application's own container; a task may have a helper beside it. */
function container(stack: Deployed, name: string): Properties {
  const found = containers(stack, name).find((each) => each["name"] === name);
  if (!found) throw new Error(`the task of ${name} has no container ${name}`);
  return found;
}

const groupOf = (stack: Deployed, name: string): string =>
  String(stack.one(GROUP, `${name}-group`).id);

/** Names of the groups that a group lets in; anything but a group shows as its network. */
function admitted(stack: Deployed, name: string): string[] {
  const names = new Map(stack.of(GROUP).map((each) => [each.id, each.name.replace(/-group$/, "")]));
  return stack
    .of(INGRESS)
    .filter(({ inputs }) => inputs["securityGroupId"] === groupOf(stack, name))
    .map(({ inputs }) => {
      const peer = inputs["referencedSecurityGroupId"] as string | undefined;
      return (peer && names.get(peer)) ?? String(inputs["cidrIpv4"] ?? inputs["cidrIpv6"]);
    })
    .sort();
}

/** Whether a rule's network is more than a part of somebody's private range. */
const isPublic = (network?: string): boolean =>
  network !== undefined && ipaddr.parseCIDR(network)[0].range() !== "private";

const database = (stack: Deployed): DeployedResource => stack.one("aws:rds/instance:Instance");

const cache = (stack: Deployed): DeployedResource =>
  stack.one("aws:elasticache/replicationGroup:ReplicationGroup");

/** How LatticePolicy's acceptance list shows on AWS. */
export const AWS: Checks = {
  ...latticePolicyOn(READERS.aws),

  2: ({ prod }) => {
    const health = (name: string): unknown[] =>
      prod
        .of(TARGETS)
        .filter((group) => group.name.includes(name))
        .map(({ inputs: { healthCheck } }) => [healthCheck.path, healthCheck.matcher]);
    for (const check of health("-api-")) expect(check).toEqual(["/health", "200"]);
    for (const check of health("-app-")) expect(check).toEqual(["/", "200"]);
    expect(health("-api-").length).toBeGreaterThan(0);
    expect(READERS.aws.workload(prod, "api").env["PORT"]).toBe("3000");
    const forwards = JSON.stringify(containers(prod, "ui"));
    expect(forwards).toContain("127.0.0.1:80");
    expect(JSON.stringify(containers(prod, "api"))).toContain("127.0.0.1:3000");
  },
  3: ({ prod }) => {
    for (const { inputs } of prod.of(SERVICE)) {
      expect(inputs["networkConfiguration"].assignPublicIp ?? false).toBe(false);
    }
    for (const { inputs } of prod.of("aws:ec2/subnet:Subnet")) {
      expect(inputs["mapPublicIpOnLaunch"] ?? false).toBe(false);
    }
    const open = prod
      .of(INGRESS)
      .filter(({ inputs }) => isPublic(inputs["cidrIpv4"] ?? inputs["cidrIpv6"]));
    expect(open.length).toBeGreaterThan(0);
    const edge = groupOf(prod, "edge");
    expect(new Set(open.map(({ inputs }) => inputs["securityGroupId"]))).toEqual(new Set([edge]));
    expect(new Set(open.map(({ inputs }) => inputs["fromPort"]))).toEqual(new Set([80, 443]));
  },
  4: ({ prod }) => {
    expect(database(prod).inputs["publiclyAccessible"]).toBe(false);
    expect(database(prod).inputs["vpcSecurityGroupIds"]).toEqual([groupOf(prod, "db")]);
    expect(admitted(prod, "db")).toEqual(["api", "db-bootstrap", "migrate"]);
  },
  5: ({ prod }) => {
    expect(cache(prod).inputs["securityGroupIds"]).toEqual([groupOf(prod, "cache")]);
    expect(cache(prod).inputs["transitEncryptionEnabled"]).toBe(true);
    expect(admitted(prod, "cache")).toEqual(["api"]);
  },
  6: ({ staging, prod }) => {
    for (const stack of [staging, prod]) {
      expect(database(stack).inputs["storageEncrypted"]).toBe(true);
      expect(database(stack).inputs["backupRetentionPeriod"]).toBeGreaterThanOrEqual(7);
    }
    expect(database(prod).inputs["backupRetentionPeriod"]).toBe(30);
    expect(database(prod).inputs["kmsKeyId"]).toBeDefined();
    expect(database(prod).inputs["deletionProtection"]).toBe(true);
  },
  7: ({ prod }) => expect(database(prod).inputs["multiAz"]).toBe(true),
  14: ({ prod }) => {
    const repositories = prod.of("aws:ecr/repository:Repository");
    expect(repositories.length).toBeGreaterThanOrEqual(2);
    for (const { inputs } of repositories) expect(inputs["imageTagMutability"]).toBe("IMMUTABLE");
  },
  17: ({ prod }) => {
    const http = prod.one("aws:lb/listener:Listener", "edge-http").inputs;
    expect(http["defaultActions"][0]).toMatchObject({
      type: "redirect",
      redirect: { protocol: "HTTPS", port: "443" },
    });
    const https = prod.one("aws:lb/listener:Listener", "edge-https").inputs;
    expect(https["sslPolicy"]).toMatch(/TLS13-1-2/);
    const issued = prod.one("aws:acm/certificateValidation:CertificateValidation");
    expect(https["certificateArn"]).toBe(issued.outputs["certificateArn"]);
  },
  18: ({ prod }) => {
    const run = prod.one("aws:lambda/invocation:Invocation", "migrate-run");
    expect(prod.closure(prod.one(SERVICE, "api-service"))).toContain(run.urn);
    expect(JSON.parse(run.outputs["result"])).toMatchObject({ exitCode: 0 });
    expect(container(prod, "migrate")["command"]).toEqual(expect.arrayContaining(["node"]));
  },
  20: ({ prod }) => {
    const { deploymentConfiguration } = prod.one(SERVICE, "api-service").inputs;
    expect(deploymentConfiguration.strategy).toBe("BLUE_GREEN");
    const { loadBalancers } = prod.one(SERVICE, "api-service").inputs;
    const { testListenerRule, productionListenerRule } = loadBalancers[0].advancedConfiguration;
    expect(testListenerRule).toBeDefined();
    expect(testListenerRule).not.toBe(productionListenerRule);
  },
  21: ({ prod }) => {
    for (const { inputs } of prod.of(TASK)) expect(inputs["skipDestroy"]).toBe(true);
    expect(prod.one(SERVICE, "api-service").inputs["deploymentCircuitBreaker"]).toMatchObject({
      enable: true,
      rollback: true,
    });
  },
  22: ({ prod }) => {
    const names = prod.of(ALARM).map(({ name }) => name.replace(/^alarms-/, ""));
    expect(names).toEqual(
      expect.arrayContaining(
        "api-errors api-latency api-unhealthy api-restarts db-cpu db-storage cache-memory".split(
          " ",
        ),
      ),
    );
    for (const { inputs } of prod.of(ALARM)) expect(inputs["alarmActions"]).toHaveLength(1);
  },
  23: ({ staging, prod }) => {
    for (const [stack, days] of [
      [staging, 30],
      [prod, 90],
    ] as const) {
      for (const name of ["api-log", "ui-log", "migrate-log"]) {
        const group = stack.one("aws:cloudwatch/logGroup:LogGroup", name);
        expect(group.inputs["retentionInDays"]).toBe(days);
        const options = container(stack, name.replace("-log", ""))["logConfiguration"].options;
        expect(options["awslogs-group"]).toBe(group.outputs["name"]);
      }
    }
  },
  24: { notApplicable: "Fargate's CPU is always allocated" },
  25: { notApplicable: "about Google Cloud" },
  26: { notApplicable: "about Azure; RDS allows uuid-ossp without a list" },
  27: ({ prod }) => {
    expect(database(prod).protect).toBe(true);
    expect(database(prod).inputs["deletionProtection"]).toBe(true);
    expect(database(prod).inputs["skipFinalSnapshot"]).toBe(false);
  },
  28: ({ prod }) => {
    const anywhere = prod
      .of(EGRESS)
      .filter(({ inputs }) => inputs["cidrIpv4"] === "0.0.0.0/0" || inputs["cidrIpv6"] === "::/0");
    const api = groupOf(prod, "api");
    expect(anywhere.filter(({ inputs }) => inputs["securityGroupId"] === api)).toEqual([]);
  },
};
