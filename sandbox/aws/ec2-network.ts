import type { Draft, TypeTable } from "../lib/table";
import { CloudError } from "../lib/table";
import type { CloudObject } from "../lib/store";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { overlaps, within } from "./cidr";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const TABLE = "aws:ec2/routeTable:RouteTable";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const arn = (kind: string): string => `arn:{partition}:ec2:{region}:{account}:${kind}/{id}`;

/** Virtual networks, subnets, routes and gateways. */
export const network: Record<string, TypeTable> = {
  [VPC]: {
    id: "vpc-{hex:17}",
    defaults: { enableDnsSupport: true, instanceTenancy: "default" },
    outputs: {
      arn: arn("vpc"),
      ownerId: "{account}",
      enableDnsHostnames: false,
      ...{ mainRouteTableId: "rtb-{hex:17}", defaultRouteTableId: "{out.mainRouteTableId}" },
      ...{ defaultNetworkAclId: "acl-{hex:17}", defaultSecurityGroupId: "sg-{hex:17}" },
      dhcpOptionsId: "dopt-{hex:17}",
    },
    replaceOn: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    quota: {
      most: 5,
      answer: "api error VpcLimitExceeded: The maximum number of VPCs has been reached.",
    },
    missing: "api error InvalidVpcID.NotFound: The vpc ID '{value}' does not exist",
    inUse: "api error DependencyViolation: The vpc '{id}' has dependencies and cannot be deleted.",
  },
  [SUBNET]: {
    id: "subnet-{hex:17}",
    defaults: { assignIpv6AddressOnCreation: false, mapPublicIpOnLaunch: false },
    outputs: {
      arn: arn("subnet"),
      ownerId: "{account}",
      availabilityZone: "{region}a",
      availabilityZoneId: (draft: Draft) =>
        zoneId(draft.place.region ?? "", draft.outputs.availabilityZone),
    },
    references: { vpcId: VPC },
    replaceOn: [
      "vpcId",
      "cidrBlock",
      "availabilityZone",
      "availabilityZoneId",
      "ipv6Native",
      "outpostArn",
    ],
    missing: "api error InvalidSubnetID.NotFound: The subnet ID '{value}' does not exist",
    inUse:
      "api error DependencyViolation: The subnet '{id}' has dependencies and cannot be deleted.",
    create: (draft) => {
      refuseForeignRange(draft);
      return undefined;
    },
  },
  [TABLE]: {
    id: "rtb-{hex:17}",
    outputs: { arn: arn("route-table"), ownerId: "{account}" },
    references: {
      vpcId: VPC,
      "routes[*].gatewayId": "aws:ec2/internetGateway:InternetGateway",
      "routes[*].natGatewayId": "aws:ec2/natGateway:NatGateway",
    },
    replaceOn: ["vpcId"],
    sets: ["routes"],
    missing: "api error InvalidRouteTableID.NotFound: The routeTable ID '{value}' does not exist",
    inUse:
      "api error DependencyViolation: The routeTable '{id}' has dependencies and cannot be deleted.",
  },
  "aws:ec2/route:Route": {
    id: (draft) => `r-${draft.inputs.routeTableId}${destination(draft.inputs)}`,
    outputs: { origin: "CreateRoute", state: "active" },
    references: {
      routeTableId: TABLE,
      gatewayId: "aws:ec2/internetGateway:InternetGateway",
      natGatewayId: "aws:ec2/natGateway:NatGateway",
      vpcEndpointId: "aws:ec2/vpcEndpoint:VpcEndpoint",
    },
    loose: ["routeTableId"],
    replaceOn: [
      "routeTableId",
      "destinationCidrBlock",
      "destinationIpv6CidrBlock",
      "destinationPrefixListId",
    ],
    exists:
      "api error RouteAlreadyExists: The route identified by {in.destinationCidrBlock} already exists.",
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    id: "rtbassoc-{hex:17}",
    references: { subnetId: SUBNET, routeTableId: TABLE },
    replaceOn: ["subnetId", "gatewayId"],
    create: (draft) => {
      const other = others(draft).find(({ outputs }) => outputs.subnetId === draft.inputs.subnetId);
      if (draft.inputs.subnetId === undefined || other === undefined) return undefined;
      throw new CloudError(
        `api error Resource.AlreadyAssociated: the specified association for route table ${draft.inputs.routeTableId} conflicts with an existing association`,
      );
    },
  },
  "aws:ec2/internetGateway:InternetGateway": {
    id: "igw-{hex:17}",
    outputs: { arn: arn("internet-gateway"), ownerId: "{account}" },
    references: { vpcId: VPC },
    missing:
      "api error InvalidInternetGatewayID.NotFound: The internetGateway ID '{value}' does not exist",
  },
  "aws:ec2/natGateway:NatGateway": {
    id: "nat-{hex:17}",
    defaults: { connectivityType: "public" },
    outputs: {
      networkInterfaceId: "eni-{hex:17}",
      associationId: "eipassoc-{hex:17}",
      privateIp: "10.0.0.10",
      publicIp: (draft: Draft) => publicIpOf(draft),
    },
    references: { subnetId: SUBNET, allocationId: "aws:ec2/eip:Eip" },
    replaceOn: ["subnetId", "allocationId", "connectivityType", "privateIp"],
    missing: "api error NatGatewayNotFound: The Nat Gateway {value} was not found",
    seconds: 110,
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    id: "vpce-{hex:17}",
    defaults: { vpcEndpointType: "Gateway" },
    outputs: {
      arn: arn("vpc-endpoint"),
      ownerId: "{account}",
      state: "available",
      requesterManaged: false,
      prefixListId: (draft: Draft) => gatewayOnly(draft, `pl-${draft.hex(8)}`),
      cidrBlocks: (draft: Draft) => gatewayOnly(draft, ["52.219.170.0/23"]),
      networkInterfaceIds: (draft: Draft) =>
        (draft.inputs.subnetIds ?? []).map(() => `eni-${draft.hex(17)}`),
      dnsEntries: (draft: Draft) => endpointNames(draft),
    },
    references: {
      vpcId: VPC,
      "subnetIds[*]": SUBNET,
      "routeTableIds[*]": TABLE,
      "securityGroupIds[*]": GROUP,
    },
    loose: ["routeTableIds[*]"],
    replaceOn: ["vpcId", "serviceName", "vpcEndpointType"],
    sets: ["subnetIds", "routeTableIds", "securityGroupIds"],
    json: ["policy"],
    seconds: 60,
  },
  "aws:ec2/flowLog:FlowLog": {
    id: "fl-{hex:17}",
    outputs: {
      arn: arn("vpc-flow-log"),
      logFormat: "${version} ${account-id}",
      logDestinationType: "cloud-watch-logs",
    },
    references: { vpcId: VPC, subnetId: SUBNET, iamRoleArn: "aws:iam/role:Role#arn" },
    loose: ["vpcId", "subnetId", "iamRoleArn"],
    replaceOn: [
      ...[
        "vpcId",
        "subnetId",
        "eniId",
        "iamRoleArn",
        "logDestination",
        "logDestinationType",
        "logFormat",
      ],
      ...["trafficType", "maxAggregationInterval", "destinationOptions", "deliverCrossAccountRole"],
    ],
  },
};

/** Zone IDs name the physical zone: `eu-central-1a` -> `euc1-az1`. */
export function zoneId(region: string, zone: string): string {
  const [area = "", place = "", number = ""] = region.split("-");
  const letter = zone.slice(-1).charCodeAt(0) - "a".charCodeAt(0) + 1;
  return `${area}${place.charAt(0)}${number}-az${letter}`;
}

function others(draft: Draft): readonly CloudObject[] {
  return draft.cloud.all(draft.type);
}

function refuseForeignRange(draft: Draft): void {
  const { cidrBlock, vpcId } = draft.inputs;
  const vpc = draft.cloud.find(VPC, vpcId);
  const whole = plain(vpc?.outputs.cidrBlock);
  if (typeof cidrBlock !== "string" || typeof whole !== "string") return;
  if (!within(cidrBlock, whole)) {
    throw new CloudError(
      `api error InvalidSubnet.Range: The CIDR '${cidrBlock}' is invalid. It is not inside ${whole}`,
    );
  }
  const taken = others(draft).find(
    ({ outputs }) => outputs.vpcId === vpcId && overlaps(plain(outputs.cidrBlock), cidrBlock),
  );
  if (taken !== undefined) {
    throw new CloudError(
      `api error InvalidSubnet.Conflict: The CIDR '${cidrBlock}' conflicts with another subnet (${taken.id})`,
    );
  }
}

function destination(inputs: Plain): string {
  return String(
    inputs.destinationCidrBlock ??
      inputs.destinationIpv6CidrBlock ??
      inputs.destinationPrefixListId,
  )
    .split("")
    .reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7)
    .toString();
}

function publicIpOf(draft: Draft): string | undefined {
  const eip = draft.cloud.find("aws:ec2/eip:Eip", draft.inputs.allocationId ?? "");
  return eip === undefined ? undefined : plain(eip.outputs.publicIp);
}

function gatewayOnly(draft: Draft, value: Plain): Plain {
  return draft.inputs.vpcEndpointType === "Gateway" ? value : undefined;
}

function endpointNames(draft: Draft): Plain {
  if (draft.inputs.vpcEndpointType !== "Interface") return undefined;
  const service = String(draft.inputs.serviceName).split(".").slice(3).join(".");
  const dnsName = `${draft.id}-${draft.hex(8)}.${service}.${draft.place.region}.vpce.amazonaws.com`;
  return [{ dnsName, hostedZoneId: `Z${draft.letters(13)}` }];
}
