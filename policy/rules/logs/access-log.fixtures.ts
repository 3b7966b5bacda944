import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const balancer = (accessLogs: unknown) =>
  resource("aws:lb/loadBalancer:LoadBalancer", { accessLogs });
const vpc = resource("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }, "vpc");
const log = resource("aws:ec2/flowLog:FlowLog", { vpcId: { ref: "vpc.id" } }, "log");

export const fixtures: Fixtures = {
  good: [balancer({ enabled: true, bucket: "logs" }), passes(vpc, log)],
  bad: [balancer({ enabled: false }), violates(vpc)],
  missing: [violates(balancer(undefined))],
  unknown: [balancer(unknown)],
  wrongType: [violates(balancer("logs"))],
};
