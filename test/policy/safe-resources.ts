import type { PlainResource } from "../../policy/lib/resource";

const container = {
  name: "web",
  image:
    "registry.example.com/web@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  user: "10001:10001",
  readonlyRootFilesystem: true,
  environment: [{ name: "LOG_LEVEL", value: "info" }],
};

const firewallRule = {
  name: "app",
  access: "Allow",
  direction: "Inbound",
  protocol: "Tcp",
  priority: 200,
  destinationPortRange: "443",
  sourceAddressPrefix: "VirtualNetwork",
};

/** One resource per type that no rule has anything to say about; mutations each spoil one property. */
export const SAFE: Readonly<Record<string, PlainResource["props"] & object>> = {
  "aws:rds/instance:Instance": {
    engine: "postgres",
    port: 5432,
    storageEncrypted: true,
    publiclyAccessible: false,
    backupRetentionPeriod: 14,
    deletionProtection: true,
    multiAz: true,
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: "main-final",
    manageMasterUserPassword: true,
    enabledCloudwatchLogsExports: ["postgresql"],
  },
  "aws:rds/parameterGroup:ParameterGroup": { parameters: [{ name: "rds.force_ssl", value: "1" }] },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    engine: "valkey",
    atRestEncryptionEnabled: true,
    transitEncryptionEnabled: true,
    transitEncryptionMode: "required",
    authToken: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    snapshotRetentionLimit: 3,
    multiAzEnabled: true,
    automaticFailoverEnabled: true,
    numCacheClusters: 2,
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    securityGroupId: "sg-1",
    ipProtocol: "tcp",
    fromPort: 5432,
    toPort: 5432,
    referencedSecurityGroupId: "sg-2",
  },
  "aws:ecs/taskDefinition:TaskDefinition": {
    networkMode: "awsvpc",
    containerDefinitions: [container],
  },
  "aws:ecs/service:Service": { networkConfiguration: { assignPublicIp: false } },
  "aws:lb/loadBalancer:LoadBalancer": {
    internal: true,
    enableDeletionProtection: true,
    accessLogs: { enabled: true, bucket: "logs" },
  },
  "aws:lb/listener:Listener": {
    port: 443,
    protocol: "HTTPS",
    certificateArn: "arn",
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  },
  "aws:kms/key:Key": { enableKeyRotation: true },
  "aws:cloudwatch/logGroup:LogGroup": { retentionInDays: 90 },
  "aws:cloudtrail/trail:Trail": { isMultiRegionTrail: true, enableLogFileValidation: true },
  "aws:efs/fileSystem:FileSystem": { encrypted: true },
  "aws:sqs/queue:Queue": { sqsManagedSseEnabled: true },
  "aws:ecr/repository:Repository": {
    imageTagMutability: "IMMUTABLE",
    imageScanningConfiguration: { scanOnPush: true },
  },
  "aws:iam/role:Role": {
    assumeRolePolicy: {
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "ecs-tasks.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    },
  },
  "aws:iam/policy:Policy": {
    policy: {
      Statement: [
        { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::files/*"] },
      ],
    },
  },
  "azure-native:dbforpostgresql:Server": {
    network: {
      delegatedSubnetResourceId: "subnet",
      privateDnsZoneArmResourceId: "zone",
      publicNetworkAccess: "Disabled",
    },
    backup: { backupRetentionDays: 14, geoRedundantBackup: "Enabled" },
    highAvailability: { mode: "ZoneRedundant" },
  },
  "azure-native:dbforpostgresql:FirewallRule": {
    startIpAddress: "203.0.113.7",
    endIpAddress: "203.0.113.9",
  },
  "azure-native:redis:Redis": {
    publicNetworkAccess: "Disabled",
    enableNonSslPort: false,
    minimumTlsVersion: "1.2",
  },
  "azure-native:storage:StorageAccount": {
    minimumTlsVersion: "TLS1_2",
    enableHttpsTrafficOnly: true,
    allowBlobPublicAccess: false,
    allowSharedKeyAccess: false,
    publicNetworkAccess: "Disabled",
  },
  "azure-native:network:NetworkSecurityGroup": { securityRules: [firewallRule] },
  "azure-native:app:ContainerApp": {
    configuration: { ingress: { external: false, allowInsecure: false } },
    template: {
      containers: [
        {
          name: "web",
          image: "cgr.dev/acme/web@sha256:ab",
          env: [{ name: "MODE", value: "live" }],
        },
      ],
    },
  },
  "azure-native:keyvault:Vault": {
    properties: {
      enablePurgeProtection: true,
      enableRbacAuthorization: true,
      publicNetworkAccess: "disabled",
    },
  },
  "azure-native:containerregistry:Registry": {
    adminUserEnabled: false,
    publicNetworkAccess: "Disabled",
  },
  "gcp:sql/databaseInstance:DatabaseInstance": {
    databaseVersion: "POSTGRES_16",
    deletionProtection: true,
    settings: {
      availabilityType: "REGIONAL",
      ipConfiguration: { ipv4Enabled: false, privateNetwork: "vpc", sslMode: "ENCRYPTED_ONLY" },
      backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: true },
    },
  },
  "gcp:redis/instance:Instance": {
    tier: "STANDARD_HA",
    authorizedNetwork: "vpc",
    deletionProtection: true,
    authEnabled: true,
    transitEncryptionMode: "SERVER_AUTHENTICATION",
  },
  "gcp:storage/bucket:Bucket": {
    publicAccessPrevention: "enforced",
    uniformBucketLevelAccess: true,
    retentionPolicy: { retentionPeriod: "86400", isLocked: true },
  },
  "gcp:compute/firewall:Firewall": {
    network: "vpc",
    sourceRanges: ["10.0.0.0/16"],
    allows: [{ protocol: "tcp", ports: ["5432"] }],
  },
  "gcp:cloudrunv2/service:Service": {
    ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
    invokerIamDisabled: true,
    deletionProtection: false,
    template: {
      containers: [{ image: "gcr.io/acme/web@sha256:ab", envs: [{ name: "MODE", value: "live" }] }],
    },
  },
  "gcp:kms/cryptoKey:CryptoKey": { rotationPeriod: "7776000s" },
  "gcp:compute/sSLPolicy:SSLPolicy": { minTlsVersion: "TLS_1_2", profile: "MODERN" },
  "docker:index/container:Container": {
    image: container.image,
    user: "10001",
    restart: "unless-stopped",
    readOnly: true,
    securityOpts: ["no-new-privileges:true"],
    capabilities: { drops: ["ALL"] },
    envs: ["LOG_LEVEL=info"],
    ports: [{ internal: 8080, external: 8080, ip: "127.0.0.1" }],
    volumes: [{ volumeName: "data", containerPath: "/data" }],
  },
};

/** Resource options that belong to them. */
export const OPTIONS: Readonly<Record<string, PlainResource["opts"]>> = {
  // What is locked for good is not to be planned away.
  "gcp:storage/bucket:Bucket": { protect: true },
};
