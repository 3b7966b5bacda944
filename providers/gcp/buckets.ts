import type * as pulumi from "@pulumi/pulumi";
import { Bucket, BucketIAMMember, type BucketArgs } from "@pulumi/gcp/storage";
import type { CustomerKey } from "./customer-key";
import { rareApi } from "./foundation";
import { labels } from "./labels";
import { stemOf } from "./names";
import type { Scope } from "./scope";
import { settings } from "./settings";

const DAY = 86_400;

export interface BucketOptions extends Pick<
  BucketArgs,
  "forceDestroy" | "lifecycleRules" | "logging" | "retentionPolicy" | "versioning"
> {
  /** Key of the stack; Google's own otherwise. */
  readonly key?: CustomerKey | undefined;
  /** Days that deleted objects come back: 7 to 90, or 0. */
  readonly softDeleteDays: number;
  readonly options?: pulumi.CustomResourceOptions;
}

/**
 * A bucket in the stack's region that nobody can open to the public. Its name is the engine's: the
 * names of all buckets of all customers are one list.
 */
export function privateBucket(
  scope: Scope,
  role: string,
  { key, softDeleteDays, options, ...args }: BucketOptions,
): Bucket {
  const { name, parent, environment } = scope;
  const { project, region } = settings();
  return new Bucket(
    stemOf(`${name}-${role}`, environment, 63),
    {
      project,
      location: region,
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      softDeletePolicy: { retentionDurationSeconds: softDeleteDays * DAY },
      // What a trial has written goes with it.
      forceDestroy: !environment.protected,
      labels: labels(environment, name),
      ...(key ? { encryption: { defaultKmsKeyName: key.id } } : {}),
      ...args,
    },
    {
      parent,
      dependsOn: [rareApi(scope, "storage"), ...(key ? [key.granted] : [])],
      protect: environment.protected,
      ...options,
    },
  );
}

/** Lets one identity use one bucket. */
export function grantBucket(
  { name, parent }: Scope,
  role: string,
  bucket: pulumi.Input<string>,
  grant: { readonly role: string; readonly member: pulumi.Input<string> },
  options: pulumi.CustomResourceOptions = {},
): BucketIAMMember {
  return new BucketIAMMember(`${name}-${role}`, { bucket, ...grant }, { parent, ...options });
}

/** Deletes what was replaced or deleted so many days ago. */
export const forgetAfter = (days: number) => ({
  action: { type: "Delete" },
  condition: { daysSinceNoncurrentTime: days, withState: "ARCHIVED" },
});
