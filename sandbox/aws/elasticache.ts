import { rule as authNeedsTls } from "../../policy/rules/deployability/aws/aws-elasticache-auth-needs-tls";
import { rule as tokenCharacters } from "../../policy/rules/deployability/aws/aws-elasticache-auth-token-characters";
import { rule as failoverReplicas } from "../../policy/rules/deployability/aws/aws-elasticache-failover-replicas";
import type { Draft, TypeTable } from "../lib/table";

const arn = (kind: string): string =>
  `arn:{partition}:elasticache:{region}:{account}:${kind}:{name}`;
const host = (role: string): string => `${role}.{name}.{hex:6}.{region}.cache.amazonaws.com`;

export const types: Record<string, TypeTable> = {
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    name: { property: "replicationGroupId", max: 40, auto: { lower: true } },
    defaults: { autoMinorVersionUpgrade: true, engine: "redis" },
    outputs: {
      arn: arn("replicationgroup"),
      port: 6379,
      primaryEndpointAddress: host("master"),
      readerEndpointAddress: host("replica"),
      engineVersionActual: "{in.engineVersion}",
      numCacheClusters: 1,
      memberClusters: (draft: Draft) => members(draft),
      clusterEnabled: (draft: Draft) => (draft.inputs.numNodeGroups ?? 1) > 1,
    },
    secrets: ["authToken"],
    references: {
      subnetGroupName: "aws:elasticache/subnetGroup:SubnetGroup",
      parameterGroupName: "aws:elasticache/parameterGroup:ParameterGroup",
      "securityGroupIds[*]": "aws:ec2/securityGroup:SecurityGroup",
    },
    sets: ["securityGroupIds", "preferredCacheClusterAzs", "logDeliveryConfigurations"],
    replaceOn: [
      ...["atRestEncryptionEnabled", "kmsKeyId", "subnetGroupName", "port", "dataTieringEnabled"],
      ...[
        "snapshotArns",
        "snapshotName",
        "globalReplicationGroupId",
        "networkType",
        "preferredCacheClusterAzs",
      ],
    ],
    rules: [authNeedsTls, tokenCharacters, failoverReplicas],
    exists: "api error ReplicationGroupAlreadyExists: Replication group {name} already exists.",
    missing: "api error ReplicationGroupNotFoundFault: ReplicationGroup {value} not found.",
    seconds: 480,
  },
  "aws:elasticache/subnetGroup:SubnetGroup": {
    name: { property: "name", max: 255, auto: { lower: true } },
    defaults: { description: "Managed by Pulumi" },
    outputs: { arn: arn("subnetgroup") },
    references: { "subnetIds[*]": "aws:ec2/subnet:Subnet" },
    sets: ["subnetIds"],
    exists: "api error CacheSubnetGroupAlreadyExists: Cache subnet group {name} already exists.",
    missing: "api error CacheSubnetGroupNotFoundFault: Cache Subnet Group {value} does not exist.",
    inUse:
      "api error CacheSubnetGroupInUse: Cache subnet group {id} is currently in use by a cache cluster.",
  },
  "aws:elasticache/parameterGroup:ParameterGroup": {
    name: { property: "name", max: 255, auto: { lower: true } },
    defaults: { description: "Managed by Pulumi" },
    outputs: { arn: arn("parametergroup") },
    replaceOn: ["family", "description"],
    sets: ["parameters"],
    exists: "api error CacheParameterGroupAlreadyExists: Parameter group {name} already exists",
    missing: "api error CacheParameterGroupNotFound: CacheParameterGroup {value} not found.",
    inUse:
      "api error InvalidCacheParameterGroupState: One or more cache clusters are still members of parameter group {id}",
  },
};

function members(draft: Draft): string[] {
  const { numNodeGroups = 1, replicasPerNodeGroup, numCacheClusters = 1 } = draft.inputs;
  const count =
    replicasPerNodeGroup === undefined
      ? numCacheClusters
      : numNodeGroups * (replicasPerNodeGroup + 1);
  return Array.from({ length: count }, (_, index) => `${draft.name}-00${index + 1}`);
}
