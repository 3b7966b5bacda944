import { R, type Variants } from "./variant";

const SG = (ing: unknown[]) => R("aws:ec2/securityGroup:SecurityGroup", { ingress: ing });
const ing = (o: object) => ({
  protocol: "tcp",
  fromPort: 5432,
  toPort: 5432,
  cidrBlocks: ["0.0.0.0/0"],
  ...o,
});
const SGR = (o: object) =>
  R("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
    securityGroupId: "sg-1",
    ipProtocol: "tcp",
    fromPort: 5432,
    toPort: 5432,
    ...o,
  });
const CSGR = (o: object) =>
  R("aws:ec2/securityGroupRule:SecurityGroupRule", {
    type: "ingress",
    securityGroupId: "sg-1",
    protocol: "tcp",
    fromPort: 5432,
    toPort: 5432,
    cidrBlocks: ["0.0.0.0/0"],
    ...o,
  });

/** Ways to reach a store in AWS, and what looks like one. */
export const OPEN_AWS: Variants = {
  violations: [
    ["ipv6 any", SG([ing({ cidrBlocks: [], ipv6CidrBlocks: ["::/0"] })])],
    ["ipv6 two halves", SG([ing({ cidrBlocks: [], ipv6CidrBlocks: ["::/1", "8000::/1"] })])],
    ["v4 halves in one rule", SG([ing({ cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] })])],
    [
      "v4 halves in two rules",
      SG([ing({ cidrBlocks: ["0.0.0.0/1"] }), ing({ cidrBlocks: ["128.0.0.0/1"] })]),
    ],
    ["one half", SG([ing({ cidrBlocks: ["0.0.0.0/1"] })])],
    [
      "quarter /2s",
      SG([ing({ cidrBlocks: ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"] })]),
    ],
    ["non canonical 1.2.3.4/0", SG([ing({ cidrBlocks: ["1.2.3.4/0"] })])],
    ["range covers", SG([ing({ fromPort: 5000, toPort: 6000 })])],
    ["range 0-65535", SG([ing({ fromPort: 0, toPort: 65535 })])],
    ["-1", SG([ing({ protocol: "-1", fromPort: 0, toPort: 0 })])],
    ["all word", SG([ing({ protocol: "all", fromPort: 0, toPort: 0 })])],
    ["proto 6", SG([ing({ protocol: "6" })])],
    ["proto TCP upper", SG([ing({ protocol: "TCP" })])],
    ["memcached udp", SG([ing({ protocol: "udp", fromPort: 11211, toPort: 11211 })])],
    ["string ports", SG([ing({ fromPort: "5432", toPort: "5432" })])],
    ["single object ingress", R("aws:ec2/securityGroup:SecurityGroup", { ingress: ing({}) })],
    ["default sg", R("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", { ingress: [ing({})] })],
    ["vpc rule v4", SGR({ cidrIpv4: "0.0.0.0/0" })],
    ["vpc rule v6", SGR({ cidrIpv6: "::/0" })],
    [
      "vpc rule -1 no ports",
      R("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
        ipProtocol: "-1",
        cidrIpv4: "0.0.0.0/0",
      }),
    ],
    [
      "vpc rule halves",
      [
        SGR({ cidrIpv4: "0.0.0.0/1" }),
        R(
          "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
          {
            securityGroupId: "sg-1",
            ipProtocol: "tcp",
            fromPort: 5432,
            toPort: 5432,
            cidrIpv4: "128.0.0.0/1",
          },
          "b",
        ),
      ],
    ],
    [
      "vpc rules eighths",
      Array.from({ length: 8 }, (_, i) =>
        R(
          "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
          {
            securityGroupId: "sg-1",
            ipProtocol: "tcp",
            fromPort: 5432,
            toPort: 5432,
            cidrIpv4: `${i * 32}.0.0.0/3`,
          },
          "r" + i,
        ),
      ),
    ],
    [
      "vpc rules 256 /8",
      Array.from({ length: 256 }, (_, i) =>
        R(
          "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
          {
            securityGroupId: "sg-1",
            ipProtocol: "tcp",
            fromPort: 5432,
            toPort: 5432,
            cidrIpv4: `${i}.0.0.0/8`,
          },
          "r" + i,
        ),
      ),
    ],
    ["classic rule", CSGR({})],
    [
      "classic rules 2 halves separate",
      [
        CSGR({ cidrBlocks: ["0.0.0.0/1"] }),
        { ...CSGR({ cidrBlocks: ["128.0.0.0/1"] }), name: "x" },
      ],
    ],
    ["1433", SG([ing({ fromPort: 1433, toPort: 1433 })])],
    ["27018", SG([ing({ fromPort: 27018, toPort: 27018 })])],
    ["9042", SG([ing({ fromPort: 9042, toPort: 9042 })])],
    ["8123 clickhouse", SG([ing({ fromPort: 8123, toPort: 8123 })])],
    ["2379", SG([ing({ fromPort: 2379, toPort: 2379 })])],
    ["11434", SG([ing({ fromPort: 11434, toPort: 11434 })])],
    ["5439 redshift", SG([ing({ fromPort: 5439, toPort: 5439 })])],
    ["8182 neptune", SG([ing({ fromPort: 8182, toPort: 8182 })])],
    ["7687 neo4j", SG([ing({ fromPort: 7687, toPort: 7687 })])],
    ["6333 qdrant", SG([ing({ fromPort: 6333, toPort: 6333 })])],
    ["8086 influx", SG([ing({ fromPort: 8086, toPort: 8086 })])],
    ["26257 cockroach", SG([ing({ fromPort: 26257, toPort: 26257 })])],
    ["5984 couchdb", SG([ing({ fromPort: 5984, toPort: 5984 })])],
    [
      "custom port db+sg",
      [
        R(
          "aws:ec2/securityGroup:SecurityGroup",
          { ingress: [ing({ fromPort: 15432, toPort: 15432 })] },
          "sg",
        ),
        R(
          "aws:rds/instance:Instance",
          {
            engine: "postgres",
            port: 15432,
            storageEncrypted: true,
            vpcSecurityGroupIds: [{ ref: "sg.id" }],
          },
          "db",
        ),
      ],
    ],
    [
      "rds public",
      R("aws:rds/instance:Instance", { storageEncrypted: true, publiclyAccessible: true }),
    ],
    [
      "rds public str",
      R("aws:rds/instance:Instance", { storageEncrypted: true, publiclyAccessible: "true" }),
    ],
    [
      "cluster instance public",
      R("aws:rds/clusterInstance:ClusterInstance", { publiclyAccessible: true }),
    ],
    [
      "dms public default",
      R("aws:dms/replicationInstance:ReplicationInstance", { publiclyAccessible: true }),
    ],
    [
      "redshift default private (AWS new default)",
      R("aws:redshift/cluster:Cluster", { encrypted: "true", publiclyAccessible: true }),
    ],
    [
      "redshift serverless",
      R("aws:redshiftserverless/workgroup:Workgroup", { publiclyAccessible: true }),
    ],
    [
      "neptune instance public",
      R("aws:neptune/clusterInstance:ClusterInstance", { publiclyAccessible: true }),
    ],
    [
      "opensearch open policy no vpc",
      R("aws:opensearch/domain:Domain", {
        encryptAtRest: { enabled: true },
        accessPolicies: JSON.stringify({
          Statement: [{ Effect: "Allow", Principal: "*", Action: "es:*", Resource: "*" }],
        }),
      }),
    ],
    [
      "opensearch serverless public",
      R("aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy", {
        type: "network",
        policy: JSON.stringify([
          {
            AllowFromPublic: true,
            Rules: [{ ResourceType: "collection", Resource: ["collection/*"] }],
          },
        ]),
      }),
    ],
    [
      "msk public",
      R("aws:msk/cluster:Cluster", {
        brokerNodeGroupInfo: {
          connectivityInfo: { publicAccess: { type: "SERVICE_PROVIDED_EIPS" } },
        },
      }),
    ],
    ["mq public", R("aws:mq/broker:Broker", { publiclyAccessible: true })],
    ["lightsail db public", R("aws:lightsail/database:Database", { publiclyAccessible: true })],
    [
      "lightsail ports",
      R("aws:lightsail/instancePublicPorts:InstancePublicPorts", {
        portInfos: [{ fromPort: 5432, toPort: 5432, protocol: "tcp" }],
      }),
    ],
    [
      "aws timestream influx public",
      R("aws:timestreaminfluxdb/dbInstance:DbInstance", { publiclyAccessible: true }),
    ],
  ],
  passes: [
    ["office /32", SG([ing({ cidrBlocks: ["203.0.113.7/32"] })])],
    ["private", SG([ing({ cidrBlocks: ["10.0.0.0/8", "192.168.0.0/16", "172.16.0.0/12"] })])],
    ["range 80-443 no", SG([ing({ fromPort: 80, toPort: 443 })])],
    ["udp 5432", SG([ing({ protocol: "udp" })])],
    ["icmp", SG([ing({ protocol: "icmp", fromPort: -1, toPort: -1 })])],
    ["egress", R("aws:ec2/securityGroup:SecurityGroup", { egress: [ing({})] })],
    ["self ref", SG([{ protocol: "tcp", fromPort: 5432, toPort: 5432, self: true }])],
    ["sg ref", SG([{ protocol: "tcp", fromPort: 5432, toPort: 5432, securityGroups: ["sg-2"] }])],
    [
      "default sg self",
      R("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", {
        ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }],
      }),
    ],
    ["vpc rule ref", SGR({ referencedSecurityGroupId: "sg-9" })],
    ["classic egress", CSGR({ type: "egress" })],
    [
      "nacl",
      R("aws:ec2/networkAcl:NetworkAcl", {
        ingress: [
          {
            protocol: "-1",
            ruleNo: 100,
            action: "allow",
            cidrBlock: "0.0.0.0/0",
            fromPort: 0,
            toPort: 0,
          },
        ],
      }),
    ],
    ["8080 not db", SG([ing({ fromPort: 8080, toPort: 8080 })])],
    [
      "custom port other sg",
      [
        R(
          "aws:ec2/securityGroup:SecurityGroup",
          { ingress: [ing({ fromPort: 443, toPort: 443 })] },
          "sg",
        ),
        R(
          "aws:rds/instance:Instance",
          {
            engine: "postgres",
            port: 15432,
            storageEncrypted: true,
            vpcSecurityGroupIds: [{ ref: "sg.id" }],
          },
          "db",
        ),
      ],
    ],
    [
      "docdb instance none",
      R("aws:docdb/clusterInstance:ClusterInstance", { clusterIdentifier: "x" }),
    ],
    [
      "opensearch vpc",
      R("aws:opensearch/domain:Domain", {
        encryptAtRest: { enabled: true },
        vpcOptions: { subnetIds: ["s"] },
      }),
    ],
  ],
};
