import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const group = (name: string, props: object = {}) =>
  resource("aws:ec2/securityGroup:SecurityGroup", { vpcId: { ref: "vpc.id" }, ...props }, name);
const ingress = (port: number, peer: object = { referencedSecurityGroupId: { ref: "task.id" } }) =>
  resource(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    {
      securityGroupId: { ref: "vpce.id" },
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      ...peer,
    },
    `in-${port}`,
  );
const vpc = resource("aws:ec2/vpc:Vpc", {}, "vpc");
const subnet = resource(
  "aws:ec2/subnet:Subnet",
  { vpcId: { ref: "vpc.id" }, cidrBlock: "10.0.1.0/24" },
  "a",
);
const endpoint = (props: object = {}) =>
  resource("aws:ec2/vpcEndpoint:VpcEndpoint", {
    vpcId: { ref: "vpc.id" },
    serviceName: "com.amazonaws.eu-west-1.logs",
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    subnetIds: [{ ref: "a.id" }],
    securityGroupIds: [{ ref: "vpce.id" }],
    ...props,
  });
const task = resource(
  "aws:ecs/taskDefinition:TaskDefinition",
  { containerDefinitions: { json: [{ name: "web", logConfiguration: { logDriver: "awslogs" } }] } },
  "td",
);
const service = resource("aws:ecs/service:Service", {
  taskDefinition: { ref: "td.arn" },
  networkConfiguration: { subnets: [{ ref: "a.id" }], securityGroups: [{ ref: "task.id" }] },
});
const net = [vpc, subnet, group("task"), group("other")];
const all = [...net, group("vpce"), task, service];

export const fixtures: Fixtures = {
  good: [
    passes(...all, ingress(443), endpoint()),
    passes(...all, ingress(443, { cidrIpv4: "10.0.0.0/16" }), endpoint()),
    passes(
      ...net,
      group("vpce"),
      ingress(443, { referencedSecurityGroupId: { ref: "other.id" } }),
      endpoint(),
    ),
    passes(...net, group("vpce"), endpoint({ vpcEndpointType: "Gateway" })),
    passes(
      ...net,
      group("vpce", {
        ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["10.0.0.0/8"] }],
      }),
      task,
      service,
      endpoint(),
    ),
  ],
  bad: [
    violates(...net, group("vpce"), endpoint()),
    violates(...all, ingress(80), endpoint()),
    violates(...all, ingress(443, { referencedSecurityGroupId: { ref: "other.id" } }), endpoint()),
    violates(...all, ingress(443, { cidrIpv4: "10.9.0.0/16" }), endpoint()),
    violates(...all, endpoint({ securityGroupIds: undefined })),
  ],
  missing: [passes(...net, endpoint({ securityGroupIds: undefined }))],
  unknown: [
    waits(...all, endpoint({ securityGroupIds: unknown })),
    passes(...all, endpoint({ securityGroupIds: ["sg-1"] })),
  ],
  wrongType: [passes(...net, group("vpce"), endpoint({ vpcEndpointType: 7 }))],
};
