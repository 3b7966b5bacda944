import type { Cluster } from "@pulumi/aws/ecs/cluster";
import type { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import type { ListenerRule } from "@pulumi/aws/lb/listenerRule";
import type { TargetGroup } from "@pulumi/aws/lb/targetGroup";
import type * as pulumi from "@pulumi/pulumi";
import type { Attachment } from "../../components/attachment";
import type { Front } from "./front";

export interface AwsAttachment extends Attachment {
  readonly cloud: "aws";
}

export interface NetworkAttachment extends AwsAttachment {
  readonly vpcId: pulumi.Output<string>;
  readonly publicSubnets: pulumi.Output<string>[];
  readonly privateSubnets: pulumi.Output<string>[];
  readonly isolatedSubnets: pulumi.Output<string>[];
  /** Security group of the interface endpoints of AWS's own services. */
  readonly endpointGroup: SecurityGroup;
  /** Prefix list of S3, where ECR keeps image layers. */
  readonly s3PrefixList: pulumi.Output<string>;
  /** Endpoints that machines need; see `connectServices`. */
  readonly forHosts: () => readonly pulumi.Resource[];
  readonly cluster: Cluster;
  readonly clusterName: string;
  /** Cloud Map namespace for services that other workloads call. */
  readonly namespaceId: pulumi.Output<string>;
  readonly namespaceName: string;
  /** Function that proves after a deployment that the wanted revision runs. */
  readonly deploymentCheck: {
    readonly name: pulumi.Output<string>;
    readonly ready: pulumi.Resource;
  };
  readonly outbound: "none" | "single" | "zonal";
  /** Routes and endpoints: a task started before them cannot pull its image. */
  readonly ready: readonly pulumi.Resource[];
}

/** Whatever opens or accepts connections: a store, a service, an edge. */
export interface GroupAttachment extends AwsAttachment {
  readonly group: SecurityGroup;
}

/** Whatever writes log lines. */
export interface LoggedAttachment extends AwsAttachment {
  readonly logGroup: pulumi.Output<string>;
}

export interface PostgresAttachment extends GroupAttachment, LoggedAttachment {
  readonly identifier: pulumi.Output<string>;
  readonly allocatedGiB: number;
  readonly maxConnections: number;
}

export interface RedisAttachment extends GroupAttachment {
  /** Identifiers of the nodes; metrics are published per node, not per group. */
  readonly nodes: pulumi.Output<string>[];
}

/** A file system that tasks mount through its access point. */
export interface FilesAttachment extends GroupAttachment {
  readonly fileSystemId: pulumi.Output<string>;
  readonly fileSystemArn: pulumi.Output<string>;
  readonly accessPointId: pulumi.Output<string>;
  readonly accessPointArn: pulumi.Output<string>;
  /** Addresses in every zone: a task started before them cannot mount. */
  readonly ready: readonly pulumi.Resource[];
}

/** A bucket whose objects are locked, and its key. */
export interface ArchiveAttachment extends AwsAttachment {
  readonly bucketArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  /** Lock and policies: what is written before them is not locked. */
  readonly ready: readonly pulumi.Resource[];
}

export interface SecretAttachment extends AwsAttachment {
  readonly arn: pulumi.Output<string>;
  /** Customer key it is encrypted with; undefined for AWS's own key. */
  readonly keyArn?: pulumi.Output<string>;
  /** True when the entry is somebody else's and its key is not known. */
  readonly foreign: boolean;
  /** What is stored, unless the entry is somebody else's: for services that want another form. */
  readonly value?: pulumi.Output<string>;
  /** The stored value: a task started before it finds no secret. */
  readonly ready: readonly pulumi.Resource[];
}

export interface ImageAttachment extends AwsAttachment {
  /** ARN of the repository that tasks pull from: always one of the stack's own. */
  readonly repositoryArn: pulumi.Output<string>;
  /** The copy of a foreign image: a task started before it finds none. */
  readonly ready: readonly pulumi.Resource[];
}

/** One listener rule of a backend with its pair of target groups and the rule for candidates. */
export interface Slot {
  readonly key: string;
  readonly blue: TargetGroup;
  readonly green: TargetGroup;
  readonly rule: ListenerRule;
  readonly candidateRule: ListenerRule;
}

export interface FrontAttachment extends Front {
  readonly image: pulumi.Output<string>;
  readonly source: ImageAttachment;
}

export interface Shift {
  /** Role with which ECS shifts traffic between the two target groups of a slot. */
  readonly roleArn: pulumi.Output<string>;
  /** The role's policy: ECS may not use the role before it. */
  readonly ready: pulumi.Resource;
}

export interface EdgeAttachment extends GroupAttachment {
  readonly loadBalancerSuffix: pulumi.Output<string>;
  readonly slots: Readonly<Record<string, readonly Slot[]>>;
  /** Target groups of the backends that are Docker hosts. */
  readonly hostTargets: Readonly<Record<string, readonly TargetGroup[]>>;
  /** How it speaks to its backends. */
  readonly protocol: "HTTP" | "HTTPS";
  readonly certificateArn: pulumi.Output<string>;
  /** Absent where no backend is a service. */
  readonly shift?: Shift;
  /** What a sidecar has to do per backend because the load balancer cannot. */
  readonly fronts: Readonly<Record<string, FrontAttachment>>;
}

/** What answers requests: a service or a Docker host. */
export interface BackendAttachment extends GroupAttachment, LoggedAttachment {
  readonly healthIntervalSeconds: number;
  /** Empty where no edge routes to it. */
  readonly targets: readonly Targets[];
}

export interface ServiceAttachment extends BackendAttachment {
  readonly serviceName: string;
  readonly clusterName: string;
}

export interface HostAttachment extends BackendAttachment {
  /** Value of the dimension `Host` in the host's own metrics. */
  readonly hostName: string;
  /** Mount points that the agent measures. */
  readonly disks: readonly string[];
}

/** Target groups behind one rule, of which any may have the traffic. */
export interface Targets {
  readonly groups: readonly TargetGroup[];
  readonly loadBalancer: pulumi.Output<string>;
}

export interface JobAttachment extends LoggedAttachment {
  /** Function that runs the task: its errors are the failed jobs. */
  readonly functionName: string;
}
