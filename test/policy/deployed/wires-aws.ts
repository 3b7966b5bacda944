import type { PlainResource } from "../../../policy/lib/resource";
import { gone, merge, set, type Props, type Wire } from "./wiring";

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const NAT = "aws:ec2/natGateway:NatGateway";
const REACH = ["declared-use-reachable"];
/** What a service's tasks call before their program starts. */
const PULL = ["aws-ecs-private-image-pull"];

/** Rules between groups: between an edge and a service, or a workload and a store. The rest leads to AWS itself. */
const between = (props: Props): boolean =>
  props["referencedSecurityGroupId"] !== undefined && props["fromPort"] !== 443;

/** Services that tasks call before they start; the others are for their programs. */
const isPulled = ({ serviceName }: Props): boolean =>
  /\.(ecr\.api|ecr\.dkr|logs|secretsmanager|s3)$/.test(String(serviceName));
const isInterface = (props: Props): boolean =>
  isPulled(props) && props["vpcEndpointType"] === "Interface";

/** Tasks of services whose groups let them out to endpoints and lists of addresses, and to nobody else. */
const onlyByEndpoints = (
  props: Props,
  _: PlainResource,
  all: readonly PlainResource[],
): boolean => {
  const groups = all.flatMap(({ type, props: each }) =>
    type === "aws:ecs/service:Service" ? groupsOf(each as Props) : [],
  );
  const group = props["securityGroupId"];
  const others = all.filter(
    ({ type, props: each }) => type === EGRESS && (each as Props)["securityGroupId"] === group,
  );
  return (
    groups.includes(group) &&
    props["fromPort"] === 443 &&
    (props["prefixListId"] ?? props["referencedSecurityGroupId"]) !== undefined &&
    !others.some(({ props: each }) => (each as Props)["cidrIpv4"] === "0.0.0.0/0")
  );
};
const groupsOf = (service: Props): unknown[] =>
  ((service["networkConfiguration"] as Props | undefined)?.["securityGroups"] ?? []) as unknown[];

/** Subnets of workloads lead out by a NAT gateway themselves. */
const isInner = ({ type, name }: PlainResource): boolean =>
  type === "aws:ec2/subnet:Subnet" && name?.includes("private") === true;

const isFacing = (props: Props, _: PlainResource, all: readonly PlainResource[]): boolean =>
  all.some(
    ({ type, id, props: each }) =>
      type === "aws:lb/loadBalancer:LoadBalancer" &&
      id === props["loadBalancerArn"] &&
      (each as Props)["internal"] !== true,
  );

const shifted = (type: string): Wire => ({
  ...{ type, what: "another port", rules: REACH, only: between },
  spoil: merge(() => ({ fromPort: 9, toPort: 9 })),
});

export const AWS_WIRES: readonly Wire[] = [
  ...[INGRESS, EGRESS].flatMap((type): Wire[] => [
    { type, what: "gone", rules: REACH, only: between, spoil: gone },
    shifted(type),
    {
      ...{ type, what: "UDP", rules: REACH, only: between },
      spoil: set("ipProtocol", "udp"),
    },
  ]),
  {
    ...{ type: INGRESS, what: "open to the whole network", rules: ["store-clients-only"] },
    only: (props) => [5432, 6379].includes(Number(props["fromPort"])),
    spoil: merge(() => ({ referencedSecurityGroupId: undefined, cidrIpv4: "10.0.0.0/8" })),
  },
  {
    ...{ type: "aws:ec2/vpc:Vpc", what: "no names", rules: REACH },
    spoil: set("enableDnsSupport", false),
  },
  {
    ...{ type: "aws:rds/instance:Instance", what: "another port", rules: REACH },
    spoil: set("port", 5433),
  },
  {
    type: "aws:elasticache/replicationGroup:ReplicationGroup",
    ...{ what: "another port", rules: REACH },
    spoil: set("port", 6390),
  },
  {
    ...{ type: "aws:lb/listener:Listener", what: "another port", rules: ["internet-edge-only"] },
    ...{ only: isFacing, spoil: set("port", 8443) },
  },
  { ...{ type: ENDPOINT, what: "gone", rules: PULL }, only: isPulled, spoil: gone },
  {
    ...{ type: ENDPOINT, what: "names lead past it", rules: ["aws-vpce-private-dns"] },
    ...{ only: isInterface, spoil: set("privateDnsEnabled", false) },
  },
  {
    ...{ type: ENDPOINT, what: "nobody let in", rules: ["aws-vpce-sg-443"] },
    ...{ only: isInterface, spoil: set("securityGroupIds", undefined) },
  },
  {
    ...{ type: ENDPOINT, what: "in no route table", rules: PULL },
    ...{ only: (props) => isPulled(props) && !isInterface(props), spoil: set("routeTableIds", []) },
  },
  { ...{ type: EGRESS, what: "gone", rules: PULL }, only: onlyByEndpoints, spoil: gone },
  {
    ...{ type: NAT, what: "in a subnet without a way out", rules: ["aws-nat-in-public-subnet"] },
    spoil: (resource, all) => set("subnetId", all.find(isInner)?.id)(resource, all),
  },
  {
    ...{ type: "aws:ec2/route:Route", what: "gone", rules: ["aws-nat-in-public-subnet"] },
    only: ({ gatewayId }, _, all) =>
      gatewayId !== undefined && all.some(({ type }) => type === NAT),
    spoil: gone,
  },
];
