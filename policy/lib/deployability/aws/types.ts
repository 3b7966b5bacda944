/** Type tokens that several rules on AWS name. */
export const TASK = "aws:ecs/taskDefinition:TaskDefinition";
export const SERVICE = "aws:ecs/service:Service";
export const CLUSTER = "aws:ecs/cluster:Cluster";
export const ROLE = "aws:iam/role:Role";
export const SECRET = "aws:secretsmanager/secret:Secret";
export const SECRET_VERSION = "aws:secretsmanager/secretVersion:SecretVersion";
export const SECRET_ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";
export const PARAMETER = "aws:ssm/parameter:Parameter";
export const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";
export const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
export const LISTENER = "aws:lb/listener:Listener";
export const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";
export const LISTENER_CERTIFICATE = "aws:lb/listenerCertificate:ListenerCertificate";
export const CERTIFICATE = "aws:acm/certificate:Certificate";
export const CERTIFICATE_VALIDATION = "aws:acm/certificateValidation:CertificateValidation";
export const VPC = "aws:ec2/vpc:Vpc";
export const DEFAULT_VPC = "aws:ec2/defaultVpc:DefaultVpc";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const VPC_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
export const NAT = "aws:ec2/natGateway:NatGateway";
export const DATABASE = "aws:rds/instance:Instance";
export const DATABASE_CLUSTER = "aws:rds/cluster:Cluster";
export const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
export const BUCKET = "aws:s3/bucket:Bucket";
export const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
export const KEY = "aws:kms/key:Key";
export const KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy";
export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
export const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const TOPIC = "aws:sns/topic:Topic";
export const FILE_SYSTEM = "aws:efs/fileSystem:FileSystem";
export const MOUNT_TARGET = "aws:efs/mountTarget:MountTarget";
export const REPOSITORY = "aws:ecr/repository:Repository";
export const PASSWORD = "random:index/randomPassword:RandomPassword";

const FORWARDS = (property: string): string[] => [
  `${property}[].targetGroupArn`,
  `${property}[].forward.targetGroups[].arn`,
];

/** What puts a target group behind a load balancer, with the paths that name the group. */
export const FORWARDERS: Readonly<Record<string, readonly string[]>> = {
  [LISTENER]: FORWARDS("defaultActions"),
  [LISTENER_RULE]: FORWARDS("actions"),
};
