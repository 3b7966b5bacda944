import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const balancer = (accessLogs: unknown) =>
  resource("aws:lb/loadBalancer:LoadBalancer", { accessLogs });
const vpc = resource("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }, "vpc");
const log = resource("aws:ec2/flowLog:FlowLog", { vpcId: { ref: "vpc.id" } }, "log");

export const fixtures: Fixtures = {
  good: [
    passes(
      resource("aws:s3/bucket:Bucket", {}, "logs"),
      resource(
        "aws:lb/loadBalancer:LoadBalancer",
        { accessLogs: { enabled: true, bucket: { ref: "logs.bucket" } } },
        "lb",
      ),
    ),
    balancer({ enabled: true, bucket: "logs" }),
    passes(vpc, log),
  ],
  bad: [resource("aws:s3/bucket:Bucket", {}), balancer({ enabled: false }), violates(vpc)],
  missing: [violates(balancer(undefined))],
  unknown: [balancer(unknown)],
  wrongType: [violates(balancer("logs"))],
};
