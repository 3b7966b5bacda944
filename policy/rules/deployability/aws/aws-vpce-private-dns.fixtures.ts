import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const vpc = (props: object = { enableDnsHostnames: true }) =>
  resource("aws:ec2/vpc:Vpc", props, "vpc");
const endpoint = (props: object = {}) =>
  resource("aws:ec2/vpcEndpoint:VpcEndpoint", {
    vpcId: { ref: "vpc.id" },
    serviceName: "com.amazonaws.eu-west-1.logs",
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    ...props,
  });

export const fixtures: Fixtures = {
  good: [
    passes(vpc(), endpoint()),
    passes(vpc({ enableDnsHostnames: "true", enableDnsSupport: true }), endpoint()),
    passes(
      vpc({}),
      endpoint({
        vpcEndpointType: "Gateway",
        serviceName: "com.amazonaws.eu-west-1.s3",
        privateDnsEnabled: undefined,
      }),
    ),
    passes(
      vpc({}),
      endpoint({
        privateDnsEnabled: false,
        serviceName: "com.amazonaws.vpce.eu-west-1.vpce-svc-1",
      }),
    ),
    passes(resource("aws:ec2/defaultVpc:DefaultVpc", {}, "vpc"), endpoint()),
  ],
  bad: [
    violates(vpc({}), endpoint()),
    violates(vpc({ enableDnsHostnames: false }), endpoint()),
    violates(vpc({ enableDnsHostnames: true, enableDnsSupport: false }), endpoint()),
    violates(vpc(), endpoint({ privateDnsEnabled: false })),
    violates(vpc(), endpoint({ privateDnsEnabled: undefined })),
  ],
  missing: [passes(vpc({}), endpoint({ vpcEndpointType: undefined }))],
  unknown: [
    waits(vpc({ enableDnsHostnames: unknown }), endpoint()),
    waits(vpc(), endpoint({ privateDnsEnabled: unknown })),
    waits(endpoint({ vpcId: "vpc-1" })),
  ],
  wrongType: [
    violates(vpc({ enableDnsHostnames: [] }), endpoint()),
    passes(vpc({}), endpoint({ vpcEndpointType: 7 })),
  ],
};
