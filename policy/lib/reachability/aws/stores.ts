/** How a kind of store says where it stands, what guards it and where it listens. */
export interface StoreKind {
  /** Property with its port; absent where it cannot be chosen. */
  readonly port?: string;
  readonly fallback: number;
  /** Ports by engine, where the type has several. */
  readonly byEngine?: Readonly<Record<string, number>>;
  /** Properties with security groups. */
  readonly groups: readonly string[];
  /** Properties with subnets, or with the name of a group of subnets. */
  readonly subnets?: readonly string[];
  readonly subnetGroup?: { readonly property: string; readonly type: string };
  /** Outputs by which clients know it. */
  readonly hosts: readonly string[];
  /** Property that gives it a public address. */
  readonly public?: string;
}

const RDS_PORTS = { mysql: 3306, mariadb: 3306, aurora: 3306, sqlserver: 1433, oracle: 1521 };

/** Stores of AWS with a network interface, by type. EFS is apart: its interfaces are resources of their own. */
export const STORE_KINDS: Readonly<Record<string, StoreKind>> = {
  "aws:rds/instance:Instance": {
    ...{ port: "port", fallback: 5432, byEngine: RDS_PORTS },
    groups: ["vpcSecurityGroupIds"],
    subnetGroup: { property: "dbSubnetGroupName", type: "aws:rds/subnetGroup:SubnetGroup" },
    hosts: ["address"],
    public: "publiclyAccessible",
  },
  "aws:rds/cluster:Cluster": {
    ...{ port: "port", fallback: 5432, byEngine: RDS_PORTS },
    groups: ["vpcSecurityGroupIds"],
    subnetGroup: { property: "dbSubnetGroupName", type: "aws:rds/subnetGroup:SubnetGroup" },
    hosts: ["endpoint", "readerEndpoint"],
  },
  "aws:docdb/cluster:Cluster": {
    ...{ port: "port", fallback: 27017 },
    groups: ["vpcSecurityGroupIds"],
    subnetGroup: { property: "dbSubnetGroupName", type: "aws:docdb/subnetGroup:SubnetGroup" },
    hosts: ["endpoint", "readerEndpoint"],
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    ...{ port: "port", fallback: 6379 },
    groups: ["securityGroupIds"],
    subnetGroup: { property: "subnetGroupName", type: "aws:elasticache/subnetGroup:SubnetGroup" },
    hosts: ["primaryEndpointAddress", "readerEndpointAddress", "configurationEndpointAddress"],
  },
  "aws:elasticache/cluster:Cluster": {
    ...{ port: "port", fallback: 6379, byEngine: { memcached: 11211 } },
    groups: ["securityGroupIds"],
    subnetGroup: { property: "subnetGroupName", type: "aws:elasticache/subnetGroup:SubnetGroup" },
    hosts: ["clusterAddress", "configurationEndpoint", "cacheNodes.0.address"],
  },
  "aws:elasticache/serverlessCache:ServerlessCache": {
    fallback: 6379,
    groups: ["securityGroupIds"],
    subnets: ["subnetIds"],
    hosts: ["endpoints.0.address"],
  },
  "aws:memorydb/cluster:Cluster": {
    ...{ port: "port", fallback: 6379 },
    groups: ["securityGroupIds"],
    subnetGroup: { property: "subnetGroupName", type: "aws:memorydb/subnetGroup:SubnetGroup" },
    hosts: ["clusterEndpoints.0.address"],
  },
  "aws:redshift/cluster:Cluster": {
    ...{ port: "port", fallback: 5439 },
    groups: ["vpcSecurityGroupIds"],
    subnetGroup: {
      property: "clusterSubnetGroupName",
      type: "aws:redshift/subnetGroup:SubnetGroup",
    },
    hosts: ["dnsName"],
    public: "publiclyAccessible",
  },
  "aws:opensearch/domain:Domain": {
    fallback: 443,
    groups: ["vpcOptions.securityGroupIds"],
    subnets: ["vpcOptions.subnetIds"],
    hosts: ["endpoint"],
  },
};

export const FILE_SYSTEM = "aws:efs/fileSystem:FileSystem";
export const MOUNT_TARGET = "aws:efs/mountTarget:MountTarget";
/** NFS, the only port a file system has. */
export const NFS = 2049;
