import { AccessPoint } from "@pulumi/aws/efs/accessPoint";
import { FileSystem } from "@pulumi/aws/efs/fileSystem";
import { FileSystemPolicy } from "@pulumi/aws/efs/fileSystemPolicy";
import { MountTarget } from "@pulumi/aws/efs/mountTarget";
import { attachmentOf } from "../../components/attachment";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  SharedFilesBuilder,
  SharedFilesLinks,
  SharedFilesOutputs,
  SharedFilesSpec,
} from "../../components/shared-files";
import type { FilesAttachment, NetworkAttachment } from "./attachments";
import { backUpFiles } from "./file-backups";
import { customerKey } from "./keys";
import { PROFILES } from "./profile";
import { scopeOf, type Scope } from "./scope";
import { securityGroup } from "./security-groups";
import { zoneNames } from "./subnets";

type Resolved = Required<SharedFilesSpec>;

const describe: Parity<SharedFilesSpec> = {
  sizeGiB: "accepted: EFS has no size, it grows and shrinks with the files",
  uid: "user of the EFS access point: every client acts as it, whatever it runs as",
  gid: "group of the EFS access point",
  backupDays: "AWS Backup plan, daily, into a vault of the stack",
  customerKey: "KMS key of the stack with yearly rotation; otherwise AWS's own key",
};

function resolve(spec: SharedFilesSpec, { environment, path, problems }: ResolveContext): Resolved {
  const { backupDays } = spec;
  if (!Number.isInteger(backupDays) || backupDays < 0) {
    problems.add(
      `${path}.backupDays`,
      `${backupDays} days is not possible; use a whole number, 0 for no backup`,
    );
  }
  const { customerKeys } = PROFILES[environment.profile];
  return { gid: spec.uid, customerKey: customerKeys, ...spec };
}

function build(request: BuildRequest<Resolved, SharedFilesLinks>): SharedFilesOutputs {
  const scope = scopeOf(request);
  const { spec, name, links, environment } = request;
  const network = attachmentOf<NetworkAttachment>(links.network.attachment, "aws");
  const key = spec.customerKey ? customerKey(scope, "key", `Files of ${name}`) : undefined;
  const files = new FileSystem(
    `${name}-files`,
    {
      encrypted: true,
      ...(key ? { kmsKeyId: key.arn } : {}),
      // Bursting throttles small file systems to almost nothing once their credits are used.
      throughputMode: "elastic",
      tags: scope.named("files"),
    },
    { ...scope.child, protect: environment.protected },
  );
  const group = securityGroup(scope, network, `Files of ${name}`);
  const targets = zoneNames(scope.region, network.isolatedSubnets.length).map((zone, index) => {
    const subnetId = network.isolatedSubnets[index];
    if (subnetId === undefined) throw new Error(`there is no subnet in ${zone}`);
    return new MountTarget(
      `${name}-${zone}`,
      { fileSystemId: files.id, subnetId, securityGroups: [group.id] },
      scope.child,
    );
  });
  const { uid, gid } = spec;
  const access = new AccessPoint(
    `${name}-access`,
    {
      fileSystemId: files.id,
      posixUser: { uid, gid },
      rootDirectory: {
        path: `/${name}`,
        creationInfo: { ownerUid: uid, ownerGid: gid, permissions: "0750" },
      },
      tags: scope.named("access"),
    },
    scope.child,
  );
  const closed = closeToOthers(scope, files);
  if (spec.backupDays > 0) backUpFiles(scope, files.arn, spec.backupDays, key?.arn);
  const attachment: FilesAttachment = {
    cloud: "aws",
    group,
    fileSystemId: files.id,
    fileSystemArn: files.arn,
    accessPointId: access.id,
    accessPointArn: access.arn,
    ready: [...targets, closed],
  };
  return { attachment };
}

/**
 * Any policy takes away the right that a file system gives to everybody who reaches it, so that
 * only roles which are allowed to mount it can; this one also refuses connections without TLS.
 */
function closeToOthers(scope: Scope, files: FileSystem): FileSystemPolicy {
  return new FileSystemPolicy(
    `${scope.name}-files`,
    {
      fileSystemId: files.id,
      policy: files.arn.apply((arn) =>
        JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "TlsOnly",
              Effect: "Deny",
              Principal: { AWS: "*" },
              Action: "*",
              Resource: arn,
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
          ],
        }),
      ),
    },
    scope.child,
  );
}

export const sharedFiles: SharedFilesBuilder = builder({ cloud: "aws", describe, resolve, build });
