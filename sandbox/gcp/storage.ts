import { rule as names } from "../../policy/rules/deployability/gcp/gcp-names";
import { CloudError } from "../lib/table";
import type { Draft, FunctionRule, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { CRYPTO_KEY, iamMember } from "./shared";

const BUCKET = "gcp:storage/bucket:Bucket";
const OBJECT = "gcp:storage/bucketObject:BucketObject";

export const types: Record<string, TypeTable> = {
  [BUCKET]: {
    name: { property: "name", max: 63, auto: { lower: true } },
    id: "{name}",
    scope: "global",
    defaults: { forceDestroy: false, storageClass: "STANDARD" },
    replaceOn: ["location", "enableObjectRetention", "hierarchicalNamespace"],
    references: { "encryption.defaultKmsKeyName": CRYPTO_KEY },
    sets: ["lifecycleRules", "cors"],
    outputs: {
      url: "gs://{name}",
      selfLink: "https://www.googleapis.com/storage/v1/b/{name}",
      projectNumber: ({ place }: Draft) => Number(place.number),
      publicAccessPrevention: "inherited",
      uniformBucketLevelAccess: false,
    },
    rules: [names],
    update: ({ inputs }, old) => {
      const before = (plain(old.inputs) as Plain).retentionPolicy;
      const after = inputs.retentionPolicy;
      const shorter = Number(after?.retentionPeriod ?? 0) < Number(before?.retentionPeriod ?? 0);
      if (before?.isLocked === true && shorter) {
        throw new CloudError(
          "googleapi: Error 403: Cannot reduce retention duration of a locked Retention Policy for bucket, forbidden",
        );
      }
      return undefined;
    },
    remove: ({ outputs, id }, cloud) => {
      const bucket = plain(outputs) as Plain;
      const holds = cloud
        .all(OBJECT)
        .some((object) => (plain(object.outputs) as Plain).bucket === id);
      if (holds && bucket.forceDestroy !== true) {
        throw new CloudError(
          `Error trying to delete bucket ${id} containing objects without \`force_destroy\` set to true`,
        );
      }
    },
    exists: "googleapi: Error 409: The requested bucket name is not available., conflict",
    missing: "googleapi: Error 404: The specified bucket does not exist., notFound",
  },
  [OBJECT]: {
    name: { property: "name", max: 1024, within: ["bucket"] },
    id: "{in.bucket}-{name}",
    scope: "global",
    references: { bucket: `${BUCKET}|${BUCKET}#name` },
    replaceOn: ["bucket"],
    outputs: {
      outputName: "{name}",
      mediaLink:
        "https://storage.googleapis.com/download/storage/v1/b/{in.bucket}/o/{name}?alt=media",
      md5hash: "{hex:32}",
      crc32c: "{hex:6}==",
    },
  },
  "gcp:storage/bucketIAMMember:BucketIAMMember": iamMember("bucket", `${BUCKET}|${BUCKET}#name`, {
    id: "b/{in.bucket}/{in.role}/{in.member}",
  }),
  "gcp:storage/bucketIAMBinding:BucketIAMBinding": {
    id: "b/{in.bucket}/{in.role}",
    scope: "global",
    references: { bucket: `${BUCKET}|${BUCKET}#name` },
    replaceOn: ["bucket", "role"],
    outputs: { etag: "CA{hex:2}=" },
  },
};

export const functions: Record<string, FunctionRule> = {
  "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": (args, { place }) => {
    const emailAddress = `service-${place.number}@gs-project-accounts.iam.gserviceaccount.com`;
    const project = String(args.project ?? place.project);
    return { id: emailAddress, project, emailAddress, member: `serviceAccount:${emailAddress}` };
  },
};
