import { R, type Variants } from "./variant";

/** Stores that are not encrypted at rest, and those that always are. */
export const ENCRYPTION: Variants = {
  violations: [
    ["rds none", R("aws:rds/instance:Instance", { engine: "postgres" })],
    ["cluster none", R("aws:rds/cluster:Cluster", { engine: "aurora-postgresql" })],
    ["redis cluster", R("aws:elasticache/cluster:Cluster", { engine: "redis" })],
    ["kinesis none", R("aws:kinesis/stream:Stream", {})],
    ["redshift false", R("aws:redshift/cluster:Cluster", { encrypted: false })],
    ["redshift 'false'", R("aws:redshift/cluster:Cluster", { encrypted: "false" })],
    ["opensearch none", R("aws:opensearch/domain:Domain", { vpcOptions: { subnetIds: ["s"] } })],
    ["efs none", R("aws:efs/fileSystem:FileSystem", {})],
    ["ebs none", R("aws:ebs/volume:Volume", { size: 1 })],
    [
      "instance root no encryption",
      R("aws:ec2/instance:Instance", { ami: "x", rootBlockDevice: { volumeSize: 8 } }),
    ],
    [
      "launch template ebs",
      R("aws:ec2/launchTemplate:LaunchTemplate", {
        blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 10 } }],
      }),
    ],
    [
      "ecs ebs managed volume",
      R("aws:ecs/service:Service", {
        volumeConfiguration: { name: "v", managedEbsVolume: { roleArn: "r", encrypted: false } },
      }),
    ],
    [
      "azure sql tde disabled",
      R("azure-native:sql:TransparentDataEncryption", { state: "Disabled" }),
    ],
    [
      "azure sql tde old",
      R("azure-native:sql/v20140401:TransparentDataEncryption", { status: "Disabled" }),
    ],
    ["neptune cluster", R("aws:neptune/cluster:Cluster", {})],
    ["docdb cluster", R("aws:docdb/cluster:Cluster", {})],
    [
      "emr sec config disabled",
      R("aws:emr/securityConfiguration:SecurityConfiguration", {
        configuration: JSON.stringify({
          EncryptionConfiguration: {
            EnableAtRestEncryption: false,
            EnableInTransitEncryption: false,
          },
        }),
      }),
    ],
    ["workspaces", R("aws:workspaces/workspace:Workspace", {})],
  ],
  passes: [
    [
      "rds in cluster",
      R("aws:rds/clusterInstance:ClusterInstance", {
        clusterIdentifier: "c",
        engine: "aurora-postgresql",
      }),
    ],
    ["cluster str true", R("aws:rds/cluster:Cluster", { storageEncrypted: "true" })],
    ["memcached cluster", R("aws:elasticache/cluster:Cluster", { engine: "memcached" })],
    ["memorydb always", R("aws:memorydb/cluster:Cluster", { aclName: "x" })],
    [
      "serverless cache",
      R("aws:elasticache/serverlessCache:ServerlessCache", { engine: "valkey" }),
    ],
    ["dynamo always", R("aws:dynamodb/table:Table", { hashKey: "x" })],
    ["msk default encrypted", R("aws:msk/cluster:Cluster", {})],
    ["s3 default", R("aws:s3/bucket:Bucket", {})],
    ["s3 v2", R("aws:s3/bucketV2:BucketV2", {})],
    ["sqs default", R("aws:sqs/queue:Queue", {})],
    ["redshift absent", R("aws:redshift/cluster:Cluster", {})],
    ["docdb elastic", R("aws:docdb/elasticCluster:ElasticCluster", {})],
    [
      "launch template str",
      R("aws:ec2/launchTemplate:LaunchTemplate", {
        blockDeviceMappings: [{ ebs: { encrypted: "true" } }],
      }),
    ],
    ["fsx always", R("aws:fsx/lustreFileSystem:LustreFileSystem", {})],
    ["rds snapshot copy", R("aws:rds/snapshotCopy:SnapshotCopy", {})],
    [
      "dms storage",
      R("aws:dms/replicationInstance:ReplicationInstance", { publiclyAccessible: false }),
    ],
    ["azure disk", R("azure-native:compute:Disk", {})],
    [
      "pg azure",
      R("azure-native:dbforpostgresql:Server", { network: { delegatedSubnetResourceId: "x" } }),
    ],
    ["spanner", R("gcp:spanner/database:Database", {})],
    ["bigquery", R("gcp:bigquery/dataset:Dataset", {})],
    ["bigtable", R("gcp:bigtable/instance:Instance", {})],
    ["alloydb cluster", R("gcp:alloydb/cluster:Cluster", {})],
    ["gcs", R("gcp:storage/bucket:Bucket", {})],
    ["keyspaces", R("aws:keyspaces/table:Table", {})],
    ["qldb", R("aws:qldb/ledger:Ledger", {})],
    ["codeartifact", R("aws:codeartifact/domain:Domain", {})],
    ["sagemaker notebook no key", R("aws:sagemaker/notebookInstance:NotebookInstance", {})],
    [
      "athena wg none",
      R("aws:athena/workgroup:Workgroup", {
        configuration: { resultConfiguration: { outputLocation: "s3://x" } },
      }),
    ],
    ["azure storage infra", R("azure-native:storage:StorageAccount", {})],
  ],
};
