import { resource } from "../../fixture";
import type { PlainResource } from "../../resource";

/** Networks that fixtures of several rules need. */
export const gateway = resource(
  "aws:ec2/internetGateway:InternetGateway",
  { vpcId: { ref: "vpc.id" } },
  "igw",
);

/** A VPC alone. */
export const net: readonly PlainResource[] = [
  resource("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true }, "vpc"),
];

export const subnet = (name: string, zone = "eu-west-1a", cidrBlock = "10.0.1.0/24") =>
  resource(
    "aws:ec2/subnet:Subnet",
    { vpcId: { ref: "vpc.id" }, cidrBlock, availabilityZone: zone },
    name,
  );

export const table = (name: string, routes: object[] = []) =>
  resource("aws:ec2/routeTable:RouteTable", { vpcId: { ref: "vpc.id" }, routes }, name);

export const route = (of: string, destinationCidrBlock: string, to: object) =>
  resource(
    "aws:ec2/route:Route",
    { routeTableId: { ref: `${of}.id` }, destinationCidrBlock, ...to },
    `${of}-route`,
  );

export const association = (of: string, to: string) =>
  resource(
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    { subnetId: { ref: `${of}.id` }, routeTableId: { ref: `${to}.id` } },
    `${of}-association`,
  );

export const nat = (name: string, of: string, props: object = {}, dependsOn = ["igw"]) =>
  resource(
    "aws:ec2/natGateway:NatGateway",
    { subnetId: { ref: `${of}.id` }, allocationId: { ref: "eip.id" }, ...props },
    name,
    { opts: { dependsOn } },
  );

/** A public subnet `pub` with its gateway; the VPC is {@link net}. */
export const PUBLIC: readonly PlainResource[] = [
  gateway,
  subnet("pub"),
  table("rt-pub", [{ cidrBlock: "0.0.0.0/0", gatewayId: { ref: "igw.id" } }]),
  association("pub", "rt-pub"),
];

/** A private subnet `priv` without a way out. */
export const PRIVATE: readonly PlainResource[] = [
  subnet("priv", "eu-west-1a", "10.0.2.0/24"),
  table("rt-priv"),
  association("priv", "rt-priv"),
];

/** A private subnet `priv` that leads to a NAT gateway in the public one. */
export const WITH_NAT: readonly PlainResource[] = [
  ...PUBLIC,
  ...PRIVATE,
  nat("nat", "pub"),
  route("rt-priv", "0.0.0.0/0", { natGatewayId: { ref: "nat.id" } }),
];

export const group = (name: string, props: object = {}) =>
  resource("aws:ec2/securityGroup:SecurityGroup", { vpcId: { ref: "vpc.id" }, ...props }, name);

const ruled =
  (type: string) =>
  (of: string, port: number | undefined, peer: string | object): PlainResource =>
    resource(
      type,
      {
        securityGroupId: { ref: `${of}.id` },
        ipProtocol: port === undefined ? "-1" : "tcp",
        ...(port === undefined ? {} : { fromPort: port, toPort: port }),
        ...(typeof peer === "string" ? { referencedSecurityGroupId: { ref: `${peer}.id` } } : peer),
      },
      `${of}-${type.includes("Ingress") ? "in" : "out"}-${port ?? "all"}`,
    );

export const ingress = ruled("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
export const egress = ruled("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule");

/** Everything out. */
export const openEgress = (of: string) => egress(of, undefined, { cidrIpv4: "0.0.0.0/0" });
