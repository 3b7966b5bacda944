import { gone, merge, set, type Props, type Wire } from "./wiring";

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const REACH = ["declared-use-reachable"];

/** Rules between groups: between an edge and a service, or a workload and a store. The rest leads to AWS itself. */
const between = (props: Props): boolean =>
  props["referencedSecurityGroupId"] !== undefined && props["fromPort"] !== 443;

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
    spoil: set("port", 8443),
  },
];
