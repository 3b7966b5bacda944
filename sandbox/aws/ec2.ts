import type { TypeTable } from "../lib/table";

export const types: Record<string, TypeTable> = {
  "aws:ec2/vpc:Vpc": {
    id: "vpc-{hex:17}",
    outputs: { arn: "arn:{partition}:ec2:{region}:{account}:vpc/{id}" },
    missing: "InvalidVpcID.NotFound: The vpc ID '{value}' does not exist",
    inUse: "DependencyViolation: The vpc '{id}' has dependencies and cannot be deleted.",
  },
  "aws:ec2/subnet:Subnet": {
    id: "subnet-{hex:17}",
    outputs: { arn: "arn:{partition}:ec2:{region}:{account}:subnet/{id}" },
    references: { vpcId: "aws:ec2/vpc:Vpc" },
    replaceOn: ["vpcId", "cidrBlock", "availabilityZone"],
  },
};
