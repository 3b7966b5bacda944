import {
  CACHE,
  CLUSTER,
  DATABASE,
  DATABASE_CLUSTER,
  LOAD_BALANCER,
  SERVICE,
  TARGET_GROUP,
} from "./types";

/** How a metric names one thing. */
export interface Dimension {
  /** Outputs that hold this name, by the type that has them; a type without any is never the right one. */
  readonly outputs: Readonly<Record<string, readonly string[]>>;
  /** Texts that cannot be such a name. */
  readonly not?: RegExp;
}

/** Dimensions of the metrics of a namespace. */
export interface MetricDimensions {
  /** Dimensions without which there is no such metric. */
  readonly required: readonly string[];
  /** True where a metric exists for some of the required dimensions too. */
  readonly partial: boolean;
  readonly dimensions: Readonly<Record<string, Dimension>>;
}

const ARN = /^arn:/;
const BALANCER: Dimension = {
  outputs: { [LOAD_BALANCER]: ["arnSuffix"] },
  not: /^arn:|^(?!(app|net|gwy)\/)/,
};
const GROUP: Dimension = {
  outputs: { [TARGET_GROUP]: ["arnSuffix"] },
  not: /^arn:|^(?!targetgroup\/)/,
};
const named = (type: string, ...outputs: string[]): Dimension => ({
  outputs: { [type]: outputs },
  not: ARN,
});

/** Dimensions by namespace of the metric. */
export const METRIC_DIMENSIONS: Readonly<Record<string, MetricDimensions>> = {
  "AWS/RDS": {
    required: ["DBInstanceIdentifier"],
    partial: true,
    dimensions: {
      DBInstanceIdentifier: {
        outputs: {
          [DATABASE]: ["identifier"],
          "aws:rds/clusterInstance:ClusterInstance": ["identifier", "id"],
        },
        not: /^arn:|^db-[A-Z0-9]{20,}$/,
      },
      DBClusterIdentifier: named(DATABASE_CLUSTER, "clusterIdentifier", "id"),
      Role: { outputs: {} },
      DatabaseClass: { outputs: {} },
      EngineName: { outputs: {} },
    },
  },
  "AWS/ApplicationELB": {
    required: ["LoadBalancer"],
    partial: false,
    dimensions: { LoadBalancer: BALANCER, TargetGroup: GROUP },
  },
  "AWS/NetworkELB": {
    required: ["LoadBalancer"],
    partial: false,
    dimensions: { LoadBalancer: BALANCER, TargetGroup: GROUP },
  },
  "AWS/ECS": {
    required: ["ClusterName"],
    partial: false,
    dimensions: {
      ClusterName: named(CLUSTER, "name"),
      ServiceName: named(SERVICE, "name"),
    },
  },
  "ECS/ContainerInsights": {
    required: ["ClusterName"],
    partial: false,
    dimensions: {
      ClusterName: named(CLUSTER, "name"),
      ServiceName: named(SERVICE, "name"),
    },
  },
  "AWS/ElastiCache": {
    required: ["CacheClusterId"],
    partial: true,
    dimensions: {
      CacheClusterId: {
        outputs: {
          [CACHE]: ["memberClusters"],
          "aws:elasticache/cluster:Cluster": ["clusterId", "id"],
        },
        not: ARN,
      },
      CacheNodeId: { outputs: {} },
      ReplicationGroupId: named(CACHE, "replicationGroupId", "id"),
      NodeGroupId: { outputs: {} },
      Role: { outputs: {} },
      clusterId: { outputs: {} },
    },
  },
  "AWS/Lambda": {
    required: ["FunctionName"],
    partial: true,
    dimensions: {
      FunctionName: named("aws:lambda/function:Function", "name", "id"),
      Resource: { outputs: {} },
      ExecutedVersion: { outputs: {} },
    },
  },
  "AWS/SQS": {
    required: ["QueueName"],
    partial: false,
    dimensions: {
      QueueName: { outputs: { "aws:sqs/queue:Queue": ["name"] }, not: /^arn:|^https?:/ },
    },
  },
  "AWS/EFS": {
    required: ["FileSystemId"],
    partial: false,
    dimensions: {
      FileSystemId: named("aws:efs/fileSystem:FileSystem", "id"),
      StorageClass: { outputs: {} },
    },
  },
};
