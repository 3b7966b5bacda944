/** Accepts an ID or one of the named outputs, as most arguments of the AWS provider do. */
export const ref = (type: string, ...outputs: string[]): string =>
  [type, ...outputs.map((output) => `${type}#${output}`)].join("|");

/** A random UUID, as a template. */
export const UUID = "{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12}";

export const ROLE_ARN = "aws:iam/role:Role#arn";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const VPC = "aws:ec2/vpc:Vpc";
export const KEY_ARN = "aws:kms/key:Key#arn";
export const CERTIFICATE = "aws:acm/certificate:Certificate";
export const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";
export const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
export const LISTENER = "aws:lb/listener:Listener";
export const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";
export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
export const FUNCTION = "aws:lambda/function:Function";
export const CLUSTER = "aws:ecs/cluster:Cluster";
export const TASK_DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";
export const ECS_SERVICE = "aws:ecs/service:Service";
