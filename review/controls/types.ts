import type { Sign } from "./control";

const CONTAINER = "docker:index/container:Container";

/** A container that shows it by what is set on it. */
export const containerWith = (holds: RegExp): Sign => ({ type: CONTAINER, holds });

/** Types that show the same thing on different clouds. */
export const DATABASES = [
  "aws:rds/instance:Instance",
  "aws:rds/cluster:Cluster",
  "azure-native:dbforpostgresql:Server",
  "gcp:sql/databaseInstance:DatabaseInstance",
  CONTAINER,
];

/** Where database parameters stand. */
export const DATABASE_SETTINGS = [
  "aws:rds/parameterGroup:ParameterGroup",
  "aws:rds/clusterParameterGroup:ClusterParameterGroup",
  "azure-native:dbforpostgresql:Configuration",
  "gcp:sql/databaseInstance:DatabaseInstance",
  CONTAINER,
];

/** What runs containers. */
export const WORKLOADS = [
  "aws:ecs/taskDefinition:TaskDefinition",
  "azure-native:app:ContainerApp",
  "azure-native:app:Job",
  "gcp:cloudrunv2/service:Service",
  "gcp:cloudrunv2/job:Job",
  CONTAINER,
];

/** Vaults. A Docker host has none: there it is files that only a container's own group may read. */
export const VAULTS = [
  "aws:secretsmanager/secret:Secret",
  "aws:ssm/parameter:Parameter",
  "azure-native:keyvault:Vault",
  "gcp:secretmanager/secret:Secret",
  containerWith(/"permissions":"0440"/),
];

/** Values that are generated, never typed in. */
export const GENERATORS = [
  "random:index/randomPassword:RandomPassword",
  "random:index/randomBytes:RandomBytes",
];

/** Web application firewalls and what carries their rules. */
export const FIREWALLS = [
  "aws:wafv2/webAcl:WebAcl",
  "azure-native:network:WebApplicationFirewallPolicy",
  "azure-native:network:ApplicationGatewayWebApplicationFirewallPolicy",
  "azure-native:frontdoor:Policy",
  "azure-native:cdn:Policy",
  "gcp:compute/securityPolicy:SecurityPolicy",
  // The edge is given its configuration by a container that runs for it.
  containerWith(/SecRuleEngine On/),
];

/** Alarms on metrics and logs. */
export const ALARMS = [
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "azure-native:monitor:MetricAlert",
  "azure-native:monitor:ScheduledQueryRule",
  "gcp:monitoring/alertPolicy:AlertPolicy",
  containerWith(/CHECKS=\[\{/),
];

/** Logs that can be searched. */
export const LOG_STORES = [
  "aws:cloudwatch/logGroup:LogGroup",
  "azure-native:operationalinsights:Workspace",
  "gcp:logging/projectBucketConfig:ProjectBucketConfig",
  containerWith(/"logDriver":"(json-file|local|journald)"/),
];

/** Export of logs to another system. */
export const LOG_EXPORTS = [
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  "azure-native:securityinsights:SentinelOnboardingState",
  "azure-native:operationalinsights:DataExport",
  "gcp:logging/projectSink:ProjectSink",
  containerWith(/"logDriver":"syslog".*tcp\+tls:/),
];

/** Write-once stores. */
export const ARCHIVES = [
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "azure-native:storage:BlobContainerImmutabilityPolicy",
  "azure-native:storage:BlobContainer",
  "gcp:storage/bucket:Bucket",
  // MinIO, made with object lock.
  containerWith(/mc mb [^"]*--with-lock/),
];

/** Private networks. */
export const NETWORKS = [
  "aws:ec2/vpc:Vpc",
  "azure-native:network:VirtualNetwork",
  "gcp:compute/network:Network",
  "docker:index/network:Network",
];

/** Image stores. */
export const REGISTRIES = [
  "aws:ecr/repository:Repository",
  "azure-native:containerregistry:Registry",
  "gcp:artifactregistry/repository:Repository",
];
