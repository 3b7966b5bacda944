import { resource } from "../../lib/fixture";
import type { PlainResource } from "../../lib/resource";
import { plan, ref, type Changes } from "./_plan";

const tcp = (port: number) => ({ ipProtocol: "tcp", fromPort: port, toPort: port });
const group = (name: string) =>
  resource("aws:ec2/securityGroup:SecurityGroup", { vpcId: ref("vpc.id") }, name);
const ingress = (name: string, to: string, from: object, port: number) =>
  resource(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    { securityGroupId: ref(`${to}.id`), ...from, ...tcp(port) },
    name,
  );
const egress = (name: string, from: string, to: object, port: number) =>
  resource(
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    { securityGroupId: ref(`${from}.id`), ...to, ...tcp(port) },
    name,
  );
const member = (name: string) => ({ referencedSecurityGroupId: ref(`${name}.id`) });

/** A Fargate service behind a balancer, and its database. */
export function aws(changes: Changes = {}): PlainResource[] {
  return plan(
    [
      resource("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true }, "vpc"),
      resource(
        "aws:ec2/subnet:Subnet",
        { vpcId: ref("vpc.id"), cidrBlock: "10.0.1.0/24" },
        "inner",
      ),
      resource(
        "aws:ec2/subnet:Subnet",
        { vpcId: ref("vpc.id"), cidrBlock: "10.0.2.0/24" },
        "outer",
      ),
      resource("aws:ec2/internetGateway:InternetGateway", { vpcId: ref("vpc.id") }, "gateway"),
      resource("aws:ec2/routeTable:RouteTable", { vpcId: ref("vpc.id") }, "table"),
      resource(
        "aws:ec2/route:Route",
        {
          routeTableId: ref("table.id"),
          destinationCidrBlock: "0.0.0.0/0",
          gatewayId: ref("gateway.id"),
        },
        "route",
      ),
      resource(
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        { subnetId: ref("outer.id"), routeTableId: ref("table.id") },
        "association",
      ),
      ...["app", "store", "edge"].map(group),
      ingress("store-from-app", "store", member("app"), 5432),
      egress("app-to-store", "app", member("store"), 5432),
      ingress("app-from-edge", "app", member("edge"), 8080),
      egress("edge-to-app", "edge", member("app"), 8080),
      ingress("edge-from-world", "edge", { cidrIpv4: "0.0.0.0/0" }, 443),
      resource("aws:rds/subnetGroup:SubnetGroup", { subnetIds: [ref("inner.id")] }, "subnets"),
      resource(
        "aws:rds/instance:Instance",
        {
          engine: "postgres",
          dbSubnetGroupName: ref("subnets.name"),
          vpcSecurityGroupIds: [ref("store.id")],
        },
        "db",
      ),
      resource(
        "aws:ecs/taskDefinition:TaskDefinition",
        {
          containerDefinitions: {
            json: [{ name: "web", environment: [{ name: "PGHOST", value: ref("db.address") }] }],
          },
        },
        "task",
      ),
      resource(
        "aws:lb/loadBalancer:LoadBalancer",
        { subnets: [ref("outer.id")], securityGroups: [ref("edge.id")] },
        "balancer",
      ),
      resource("aws:lb/targetGroup:TargetGroup", { port: 8080 }, "targets"),
      resource(
        "aws:lb/listener:Listener",
        {
          loadBalancerArn: ref("balancer.arn"),
          port: 443,
          defaultActions: [{ type: "forward", targetGroupArn: ref("targets.arn") }],
        },
        "listener",
      ),
      resource(
        "aws:ecs/service:Service",
        {
          taskDefinition: ref("task.arn"),
          networkConfiguration: {
            subnets: [ref("inner.id")],
            securityGroups: [ref("app.id")],
            assignPublicIp: false,
          },
          loadBalancers: [{ targetGroupArn: ref("targets.arn"), containerPort: 8080 }],
        },
        "web",
      ),
    ],
    changes,
  );
}
