import * as pulumi from "@pulumi/pulumi";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  WormArchiveLinks,
  WormArchiveOutputs,
  WormArchiveSpec,
} from "../../components/worm-archive";
import type { ArchiveAttachment } from "./attachments";
import { grantBucket, privateBucket } from "./buckets";
import { customerKey } from "./customer-key";
import { storageAgent } from "./service-agents";
import { settings } from "./settings";

const DAY = 86_400;
/** The longest that Cloud Storage takes: 100 years. */
const LONGEST = 36_525;
/** Who writes the access logs of buckets, everywhere. */
const ACCESS_LOGGER = "group:cloud-storage-analytics@google.com";

const describe: Parity<WormArchiveSpec> = {
  retentionDays: "retention policy of a bucket: no object is deleted or replaced before its time",
  mode: "compliance: the policy is locked, for good. governance: whoever may change buckets can take it away",
  writers:
    "logs: a bucket that log sinks write to. workloads is refused: applications write by the S3 API with its lock headers, which Cloud Storage does not speak",
  coolAfterDays: "class NEARLINE, read at once",
  coldAfterDays: "class ARCHIVE, read at once as well, at a price",
  accessLogDays: "usage logs in a bucket of their own, deleted after these days",
};

function resolve(spec: WormArchiveSpec, { path, problems }: ResolveContext): WormArchiveSpec {
  if (spec.writers === "workloads") {
    problems.add(
      `${path}.writers`,
      "workloads is not supported on gcp: applications write by the S3 API with its lock headers, " +
        "which Cloud Storage does not speak; give the application a bucket elsewhere",
    );
  }
  const days = { retentionDays: LONGEST, accessLogDays: LONGEST };
  for (const [key, most] of Object.entries(days)) {
    const value = spec[key as keyof typeof days];
    if (!Number.isInteger(value) || value < 1 || value > most) {
      problems.add(`${path}.${key}`, `${value} is not offered; give 1 to ${most}`);
    }
  }
  return spec;
}

/** Versions and a retention policy exclude each other; what nobody can replace needs no versions. */
function build(request: BuildRequest<WormArchiveSpec, WormArchiveLinks>): WormArchiveOutputs {
  const { name, spec, environment } = request;
  const kept = { retainOnDelete: true, protect: environment.protected };
  const key = customerKey(request, storageAgent(request), kept);
  const logs = privateBucket(request, "access-logs", {
    key,
    softDeleteDays: 0,
    // It stays where it is; and what is locked could not be emptied.
    forceDestroy: false,
    lifecycleRules: [{ action: { type: "Delete" }, condition: { age: spec.accessLogDays } }],
    options: kept,
  });
  const logged = grantBucket(
    request,
    "access-logs-writer",
    logs.name,
    { role: "roles/storage.objectCreator", member: ACCESS_LOGGER },
    kept,
  );
  const bucket = privateBucket(request, "archive", {
    key,
    softDeleteDays: 0,
    // It stays where it is; and what is locked could not be emptied.
    forceDestroy: false,
    retentionPolicy: {
      retentionPeriod: `${spec.retentionDays * DAY}`,
      isLocked: spec.mode === "compliance",
    },
    lifecycleRules: [
      ...cheaper("NEARLINE", spec.coolAfterDays),
      ...cheaper("ARCHIVE", spec.coldAfterDays),
    ],
    logging: { logBucket: logs.name, logObjectPrefix: name },
    options: { ...kept, dependsOn: [key.granted, logged] },
  });
  const attachment: ArchiveAttachment = { cloud: "gcp", kind: "archive", bucket: bucket.name };
  return { bucket: bucket.name, region: pulumi.output(settings().region), attachment };
}

const cheaper = (storageClass: string, age?: number) =>
  age === undefined
    ? []
    : [{ action: { type: "SetStorageClass", storageClass }, condition: { age } }];

export const wormArchive = builder({ cloud: "gcp", describe, resolve, build });
