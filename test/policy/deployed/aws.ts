import { ADMIN, ANYBODY, type Spoils } from "./row";
import { appended, REMOVED } from "./spoil";

const WORLD = {
  protocol: "-1",
  fromPort: 0,
  toPort: 0,
  cidrBlocks: ["0.0.0.0/0"],
};
const encrypted = ({ protocol }: Record<string, unknown>): boolean => protocol === "HTTPS";
/** PostgreSQL, Redis, and Ollama, which asks nobody who he is. */
const STORES = [5432, 6379, 11434];
const onPort =
  (...ports: number[]) =>
  ({ fromPort }: Record<string, unknown>) =>
    ports.includes(fromPort as number);
const elsewhere = ({ fromPort, cidrIpv4 }: Record<string, unknown>): boolean =>
  cidrIpv4 === undefined &&
  typeof fromPort === "number" &&
  ![80, 443, ...STORES].includes(fromPort);

/** What deployed resources of AWS can lose. */
export const AWS: Spoils = {
  properties: {
    "aws:rds/instance:Instance": [
      ["storageEncrypted", false, "database-encrypted"],
      ["storageEncrypted", REMOVED, "database-encrypted"],
      ["kmsKeyId", REMOVED, "customer-managed-key"],
      ["publiclyAccessible", true, "database-public-endpoint"],
      ["backupRetentionPeriod", 0, "database-backup"],
      ["backupRetentionPeriod", REMOVED, "database-backup"],
      ["deletionProtection", false, "deletion-protection"],
      ["multiAz", false, "database-standby"],
      ["skipFinalSnapshot", true, "final-snapshot"],
      ["enabledCloudwatchLogsExports", [], "access-log"],
    ],
    "aws:rds/parameterGroup:ParameterGroup": [
      ["parameters.*.value", "0", "store-tls", ({ name }) => name === "rds.force_ssl"],
    ],
    "aws:elasticache/replicationGroup:ReplicationGroup": [
      ["atRestEncryptionEnabled", false, "cache-encrypted"],
      ["kmsKeyId", REMOVED, "customer-managed-key"],
      ["transitEncryptionEnabled", false, "store-tls"],
      ["authToken", REMOVED, "store-auth"],
      ["multiAzEnabled", false, "database-standby"],
    ],
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": [
      ["ingress", [WORLD], "database-port-world"],
      ["ingress", [WORLD], "admin-port-world"],
      ["ingress", [WORLD], "ingress-every-port"],
    ],
    "aws:ec2/securityGroup:SecurityGroup": [
      ["ingress", [WORLD], "ingress-every-port"],
      ["ingress", [{ ...WORLD, ipv6CidrBlocks: ["::/0"], cidrBlocks: [] }], "database-port-world"],
    ],
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [
      ["cidrIpv4", "0.0.0.0/0", "database-port-world", onPort(...STORES)],
      ["cidrIpv6", "::/0", "database-port-world", onPort(...STORES)],
      ["cidrIpv4", "0.0.0.0/0", "ingress-other-port", elsewhere],
      ["cidrIpv4", "0.0.0.0/0", "model-server-private", onPort(11434)],
      // Every workload of the network.
      ["cidrIpv4", "10.0.0.0/8", "model-server-private", onPort(11434)],
    ],
    "aws:ecs/taskDefinition:TaskDefinition": [
      ["containerDefinitions.*.user", "root", "container-non-root"],
      ["containerDefinitions.*.user", "0", "container-non-root"],
      ["containerDefinitions.*.user", "0:10001", "container-non-root"],
      ["containerDefinitions.*.privileged", true, "container-privileged"],
      ["containerDefinitions.*.readonlyRootFilesystem", false, "container-read-only-root"],
      ["containerDefinitions.*.image", "registry.example.com/web:latest", "image-pinned"],
      ["containerDefinitions.*.image", "registry.example.com/web", "image-pinned"],
      [
        "containerDefinitions.*.environment",
        appended({ name: "DB_PASSWORD", value: "Tr0ub4dor" }),
        "secret-in-environment",
      ],
      [
        "containerDefinitions.*.linuxParameters.capabilities",
        { add: ["SYS_ADMIN"] },
        "container-capabilities",
      ],
      ["networkMode", "host", "container-host-namespaces"],
      ["pidMode", "host", "container-host-namespaces"],
      [
        "volumes",
        appended({ name: "s", hostPath: "/var/run/docker.sock" }),
        "container-host-mounts",
      ],
    ],
    "aws:ecs/service:Service": [["networkConfiguration.assignPublicIp", true, "public-address"]],
    "aws:lambda/function:Function": [
      ["environment.variables.API_TOKEN", "abcdef0123456789", "secret-in-environment"],
    ],
    "aws:lb/loadBalancer:LoadBalancer": [
      ["enableDeletionProtection", false, "deletion-protection"],
      ["accessLogs.enabled", false, "access-log"],
      ["accessLogs", REMOVED, "access-log"],
    ],
    "aws:lb/listener:Listener": [
      ["protocol", "HTTP", "edge-https", encrypted],
      ["sslPolicy", "ELBSecurityPolicy-2016-08", "tls-version", encrypted],
      ["sslPolicy", REMOVED, "tls-version", encrypted],
    ],
    "aws:s3/bucket:Bucket": [["forceDestroy", true, "deletion-protection"]],
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": [
      ["blockPublicAcls", false, "bucket-public"],
      ["blockPublicPolicy", false, "bucket-public"],
      ["ignorePublicAcls", false, "bucket-public"],
      ["restrictPublicBuckets", false, "bucket-public"],
    ],
    "aws:s3/bucketPolicy:BucketPolicy": [["policy.Statement", appended(ANYBODY), "bucket-public"]],
    "aws:kms/key:Key": [
      ["enableKeyRotation", false, "kms-rotation"],
      ["enableKeyRotation", REMOVED, "kms-rotation"],
      ["policy.Statement", appended(ANYBODY), "resource-policy-public"],
    ],
    "aws:secretsmanager/secret:Secret": [
      ["kmsKeyId", REMOVED, "customer-managed-key"],
      ["policy", JSON.stringify({ Statement: [ANYBODY] }), "resource-policy-public"],
    ],
    "aws:sns/topic:Topic": [
      ["kmsMasterKeyId", REMOVED, "topic-encrypted"],
      ["kmsMasterKeyId", "alias/aws/sns", "customer-managed-key"],
    ],
    "aws:sns/topicPolicy:TopicPolicy": [
      ["policy.Statement", appended(ANYBODY), "resource-policy-public"],
    ],
    "aws:cloudwatch/logGroup:LogGroup": [
      ["retentionInDays", 0, "log-retention"],
      ["retentionInDays", REMOVED, "log-retention"],
      ["retentionInDays", 1, "log-retention-minimum"],
      ["kmsKeyId", REMOVED, "customer-managed-key"],
    ],
    "aws:ecr/repository:Repository": [
      ["imageTagMutability", "MUTABLE", "registry-immutable-tags"],
      ["imageScanningConfiguration.scanOnPush", false, "registry-scan"],
      ["forceDelete", true, "deletion-protection"],
    ],
    "aws:iam/role:Role": [
      ["assumeRolePolicy.Statement", appended(ANYBODY), "iam-trust-anybody"],
      ["managedPolicyArns", ["arn:aws:iam::aws:policy/AdministratorAccess"], "iam-admin"],
    ],
    "aws:iam/rolePolicy:RolePolicy": [
      ["policy.Statement", appended(ADMIN), "iam-admin"],
      ["policy.Statement", appended({ ...ADMIN, Action: "s3:*" }), "iam-service-wildcard"],
    ],
  },
  missing: {
    "aws:ec2/flowLog:FlowLog": "access-log",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "bucket-locked-down",
    "aws:wafv2/webAclAssociation:WebAclAssociation": "edge-firewall",
  },
};
