import { CloudError } from "../lib/table";
import type { Draft, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import { KEY_ARN, SECURITY_GROUP, SUBNET } from "./refs";

const FILE_SYSTEM = "aws:efs/fileSystem:FileSystem";
const MOUNT = "aws:efs/mountTarget:MountTarget";
const ARN = "arn:{partition}:elasticfilesystem:{region}:{account}";
const DNS = "{in.fileSystemId}.efs.{region}.amazonaws.com";

export const types: Record<string, TypeTable> = {
  [FILE_SYSTEM]: {
    id: "fs-{hex:17}",
    defaults: { throughputMode: "bursting" },
    outputs: {
      arn: `${ARN}:file-system/{id}`,
      creationToken: "terraform-{digits:26}",
      dnsName: "{id}.efs.{region}.amazonaws.com",
      encrypted: false,
      performanceMode: "generalPurpose",
      numberOfMountTargets: 0,
      ownerId: "{account}",
      sizeInBytes: () => [{ value: 6144, valueInIa: 0, valueInStandard: 6144 }],
    },
    replaceOn: [
      "availabilityZoneName",
      "creationToken",
      "encrypted",
      "kmsKeyId",
      "performanceMode",
    ],
    references: { kmsKeyId: KEY_ARN },
    loose: ["kmsKeyId"],
    missing: "FileSystemNotFound: File system '{value}' does not exist.",
    inUse: "FileSystemInUse: file system '{id}' has mount targets and cannot be deleted",
  },
  [MOUNT]: {
    id: "fsmt-{hex:17}",
    outputs: {
      dnsName: DNS,
      fileSystemArn: `${ARN}:file-system/{in.fileSystemId}`,
      availabilityZoneName: zoneOf,
      mountTargetDnsName: `{out.availabilityZoneName}.${DNS}`,
      networkInterfaceId: "eni-{hex:17}",
      ownerId: "{account}",
      securityGroups: () => [],
    },
    replaceOn: ["fileSystemId", "subnetId", "ipAddress"],
    sets: ["securityGroups"],
    references: {
      fileSystemId: FILE_SYSTEM,
      subnetId: SUBNET,
      "securityGroups[*]": SECURITY_GROUP,
    },
    create: refuseSecondInZone,
    missing: "MountTargetNotFound: Mount target '{value}' does not exist.",
  },
  "aws:efs/accessPoint:AccessPoint": {
    id: "fsap-{hex:17}",
    outputs: {
      arn: `${ARN}:access-point/{id}`,
      fileSystemArn: `${ARN}:file-system/{in.fileSystemId}`,
      ownerId: "{account}",
    },
    replaceOn: ["fileSystemId", "posixUser", "rootDirectory"],
    references: { fileSystemId: FILE_SYSTEM },
    loose: ["fileSystemId"],
    missing: "AccessPointNotFound: Access point '{value}' does not exist.",
  },
  "aws:efs/backupPolicy:BackupPolicy": {
    id: "{in.fileSystemId}",
    replaceOn: ["fileSystemId"],
    references: { fileSystemId: FILE_SYSTEM },
    loose: ["fileSystemId"],
  },
  "aws:efs/fileSystemPolicy:FileSystemPolicy": {
    id: "{in.fileSystemId}",
    replaceOn: ["fileSystemId"],
    json: ["policy"],
    references: { fileSystemId: FILE_SYSTEM },
    loose: ["fileSystemId"],
  },
};

function zoneOf({ inputs, cloud }: Draft): string {
  const subnet = cloud.find(SUBNET, String(inputs.subnetId));
  return String(plain(subnet?.outputs.availabilityZone) ?? "");
}

function refuseSecondInZone({ inputs, outputs, cloud }: Draft): undefined {
  const taken = cloud
    .all(MOUNT)
    .some(
      (other) =>
        plain(other.outputs.fileSystemId) === inputs.fileSystemId &&
        plain(other.outputs.availabilityZoneName) === outputs.availabilityZoneName,
    );
  if (!taken) return undefined;
  throw new CloudError("MountTargetConflict: mount target already exists in this AZ");
}
