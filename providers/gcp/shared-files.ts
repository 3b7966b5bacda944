import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  SharedFilesLinks,
  SharedFilesOutputs,
  SharedFilesSpec,
} from "../../components/shared-files";
import type { FilesAttachment } from "./attachments";
import { forgetAfter, privateBucket } from "./buckets";
import { customerKey } from "./customer-key";
import { PROFILE } from "./profile";
import { storageAgent } from "./service-agents";

type Resolved = SharedFilesSpec & { readonly gid: number };

/** Days that Cloud Storage can bring deleted objects back. */
const SOFT_DELETE = { min: 7, max: 90 };

const describe: Parity<SharedFilesSpec> = {
  sizeGiB:
    "accepted: a bucket, mounted by Cloud Storage FUSE, has no limit and is billed by use. Filestore " +
    "would be POSIX, but its folder belongs to root and starts at 1 TiB; a bucket has no file locks, and the last writer of a file wins",
  uid: "owner of all files, by the mount: a bucket has no owners of its own",
  gid: "group of all files, by the mount",
  backupDays:
    "versions: what is replaced or deleted is kept for these days and comes back object by object; with 7 to 90 days a deleted bucket comes back, too",
  customerKey: "a Cloud KMS key in the region, granted to Cloud Storage's service agent first",
};

function resolve(spec: SharedFilesSpec, { path, problems, environment }: ResolveContext): Resolved {
  const { sizeGiB, uid, gid = uid, backupDays } = spec;
  if (!Number.isInteger(sizeGiB) || sizeGiB < 1) {
    problems.add(`${path}.sizeGiB`, `${sizeGiB} is no size; give 1 GiB or more`);
  }
  if (!Number.isInteger(backupDays) || backupDays < 0 || backupDays > 3650) {
    problems.add(`${path}.backupDays`, `${backupDays} is not offered; give 0 to 3650 days`);
  }
  for (const [key, value] of Object.entries({ uid, gid })) {
    if (!Number.isInteger(value) || value < 1) {
      problems.add(`${path}.${key}`, `${value} is root's or none; give a number of 1 or more`);
    }
  }
  const byDefault = PROFILE[environment.profile].secretsCustomerKey;
  return { ...spec, gid, customerKey: spec.customerKey ?? byDefault };
}

function build(request: BuildRequest<Resolved, SharedFilesLinks>): SharedFilesOutputs {
  const { spec } = request;
  const { uid, gid, backupDays: days } = spec;
  const soft = days === 0 ? 0 : Math.min(SOFT_DELETE.max, Math.max(SOFT_DELETE.min, days));
  const bucket = privateBucket(request, "files", {
    key: spec.customerKey ? customerKey(request, storageAgent(request)) : undefined,
    versioning: { enabled: true },
    lifecycleRules: [forgetAfter(Math.max(1, days))],
    softDeleteDays: soft,
  });
  const attachment: FilesAttachment = {
    cloud: "gcp",
    kind: "files",
    bucket: bucket.name,
    // Folders need no objects of their own; only the named user and group read and write.
    mountOptions: ["implicit-dirs", `uid=${uid}`, `gid=${gid}`, "file-mode=660", "dir-mode=770"],
  };
  return { attachment };
}

export const sharedFiles = builder({ cloud: "gcp", describe, resolve, build });
