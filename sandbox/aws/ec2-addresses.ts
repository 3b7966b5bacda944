import type { Draft, TypeTable } from "../lib/table";
import { plain } from "../lib/values";

const VPC = "aws:ec2/vpc:Vpc";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";

/** Elastic addresses and security groups. */
export const addresses: Record<string, TypeTable> = {
  "aws:ec2/eip:Eip": {
    id: "eipalloc-{hex:17}",
    outputs: {
      allocationId: "{id}",
      arn: "arn:{partition}:ec2:{region}:{account}:elastic-ip/{id}",
      // TEST-NET-3 is reserved for documentation: nobody can mistake it for an address that answers.
      publicIp: (draft: Draft) => `203.0.113.${1 + (parseInt(draft.hex(2), 16) % 254)}`,
      publicDns: "ec2-{out.publicIp}.{region}.compute.amazonaws.com",
      domain: "vpc",
      publicIpv4Pool: "amazon",
      networkBorderGroup: "{region}",
    },
    replaceOn: [
      "domain",
      "address",
      "publicIpv4Pool",
      "networkBorderGroup",
      "customerOwnedIpv4Pool",
    ],
    quota: {
      most: 5,
      answer: "api error AddressLimitExceeded: The maximum number of addresses has been reached.",
    },
    missing: "api error InvalidAllocationID.NotFound: The allocation ID '{value}' does not exist",
    inUse:
      "api error AuthFailure: You do not have permission to release {id}: it is still associated",
  },
  [GROUP]: {
    id: "sg-{hex:17}",
    name: { property: "name", prefixProperty: "namePrefix", max: 255, within: ["vpcId"] },
    defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
    outputs: {
      arn: "arn:{partition}:ec2:{region}:{account}:security-group/{id}",
      ownerId: "{account}",
      ingress: [],
      egress: [],
    },
    references: { vpcId: VPC },
    replaceOn: ["vpcId", "description"],
    sets: ["ingress", "egress"],
    exists: "api error InvalidGroup.Duplicate: The security group '{name}' already exists for VPC",
    missing: "api error InvalidGroup.NotFound: The security group '{value}' does not exist",
    inUse: "api error DependencyViolation: resource {id} has a dependent object",
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    // It came with the network; this type only takes it over.
    id: (draft) =>
      plain(draft.cloud.find(VPC, draft.inputs.vpcId ?? "")?.outputs.defaultSecurityGroupId) ??
      `sg-${draft.hex(17)}`,
    outputs: {
      arn: "arn:{partition}:ec2:{region}:{account}:security-group/{id}",
      ownerId: "{account}",
      name: "default",
      description: "default VPC security group",
      ingress: [],
      egress: [],
    },
    references: { vpcId: VPC },
    loose: ["vpcId"],
    replaceOn: ["vpcId"],
    sets: ["ingress", "egress"],
  },
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    id: "sgrule-{digits:10}",
    outputs: { securityGroupRuleId: "sgr-{hex:17}" },
    references: { securityGroupId: GROUP, sourceSecurityGroupId: GROUP },
    loose: ["securityGroupId"],
    replaceOn: [
      ...[
        "type",
        "fromPort",
        "toPort",
        "protocol",
        "securityGroupId",
        "cidrBlocks",
        "ipv6CidrBlocks",
      ],
      ...["prefixListIds", "self", "sourceSecurityGroupId"],
    ],
  },
};
