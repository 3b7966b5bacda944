import type { Draft, TypeTable } from "../lib/table";
import { Tombstones } from "../lib/tombstones";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { CRYPTO_KEY, named } from "./shared";

const deleted = new Tombstones("gcp");

export const types: Record<string, TypeTable> = {
  "gcp:logging/projectBucketConfig:ProjectBucketConfig": {
    name: { property: "bucketId", max: 100, manual: true },
    id: "projects/{project}/locations/{in.location}/buckets/{in.bucketId}",
    defaults: { retentionDays: 30 },
    replaceOn: ["bucketId", "location"],
    references: { "cmekSettings.kmsKeyName": CRYPTO_KEY },
    outputs: { name: "{id}", lifecycleState: "ACTIVE", description: "" },
    validate: ({ retentionDays }) =>
      typeof retentionDays === "number" && (retentionDays < 1 || retentionDays > 3650)
        ? [{ property: "retentionDays", reason: "must be between 1 and 3650" }]
        : [],
    create: ({ id }) => {
      deleted.refuseBuried(id, `googleapi: Error 400: Bucket ${id} is in state DELETE_REQUESTED`);
      return undefined;
    },
    remove: ({ id, outputs }) => {
      // The two that every project has only lose their settings.
      if (!/\/(_Default|_Required)$/.test(id) && (plain(outputs) as Plain).locked !== true)
        deleted.bury(id, 7);
    },
    exists: "googleapi: Error 409: Bucket {id} already exists",
  },
  "gcp:logging/projectSink:ProjectSink": {
    name: named(100),
    id: "projects/{project}/sinks/{name}",
    scope: "account",
    replaceOn: ["uniqueWriterIdentity"],
    outputs: {
      // Within a project the service writes under its own name and needs no grant.
      writerIdentity: ({ inputs, place }: Draft) =>
        String(inputs.destination).startsWith(`logging.googleapis.com/projects/${place.project}/`)
          ? ""
          : `serviceAccount:service-${place.number}@gcp-sa-logging.iam.gserviceaccount.com`,
    },
    exists: "googleapi: Error 409: Sink {name} already exists",
  },
  "gcp:logging/projectExclusion:ProjectExclusion": {
    name: named(100),
    id: "projects/{project}/exclusions/{name}",
    scope: "account",
  },
  "gcp:logging/metric:Metric": {
    name: named(100),
    id: "{name}",
    scope: "account",
    exists: "googleapi: Error 409: Metric {name} already exists",
  },
};
