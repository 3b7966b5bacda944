import type { TaskDefinitionArgs } from "@pulumi/aws/ecs/taskDefinition";
import type * as pulumi from "@pulumi/pulumi";
import { attachmentOf } from "../../components/attachment";
import type { WorkloadLinks } from "../../components/workload";
import type { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import type { ArchiveAttachment, FilesAttachment } from "./attachments";
import type { Statement } from "./identity";
import type { Scope } from "./scope";
import { openWay } from "./security-groups";

const NFS = 2049;

/** Files and archives of a workload, as its task sees them. */
export interface WorkloadStores {
  readonly volumes: TaskDefinitionArgs["volumes"] & object[];
  /** What the program itself may do with them. */
  readonly statements: readonly Statement[];
  readonly ready: pulumi.Resource[];
}

export function workloadStores(
  scope: Scope,
  group: SecurityGroup,
  links: WorkloadLinks,
): WorkloadStores {
  const files = Object.entries(links.files).map(([name, { attachment }]) => {
    return { name, ...attachmentOf<FilesAttachment>(attachment, "aws") };
  });
  const archives = Object.values(links.archives).map(({ attachment }) =>
    attachmentOf<ArchiveAttachment>(attachment, "aws"),
  );
  const ways = files.flatMap((server) => openWay(scope, { name: scope.name, group }, server, NFS));
  return {
    volumes: files.map(({ name, fileSystemId, accessPointId }) => ({
      name,
      efsVolumeConfiguration: {
        fileSystemId,
        transitEncryption: "ENABLED",
        authorizationConfig: { accessPointId, iam: "ENABLED" },
      },
    })),
    statements: [...files.map(mayMount), ...archives.flatMap(mayWrite)],
    ready: [...ways, ...[...files, ...archives].flatMap(({ ready }) => [...ready])],
  };
}

const mayMount = ({ fileSystemArn, accessPointArn }: FilesAttachment): Statement => ({
  actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
  resources: [fileSystemArn],
  condition: { StringEquals: { "elasticfilesystem:AccessPointArn": accessPointArn } },
});

/** Writes and reads; neither deletes nor shortens. */
const mayWrite = ({ bucketArn, keyArn }: ArchiveAttachment): Statement[] => [
  {
    actions: ["s3:PutObject", "s3:PutObjectRetention", "s3:GetObject"],
    resources: [bucketArn.apply((arn) => `${arn}/*`)],
  },
  { actions: ["s3:ListBucket"], resources: [bucketArn] },
  { actions: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"], resources: [keyArn] },
];
