import { Subnet } from "@pulumi/aws/ec2/subnet";

new Subnet("lost", { vpcId: "vpc-0", cidrBlock: "10.0.0.0/24" });
