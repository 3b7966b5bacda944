import { BucketLogging } from "@pulumi/aws/s3/bucketLogging";
import { expireAfter, privateBucket, type PrivateBucket } from "./buckets";
import type { Scope } from "./scope";

/**
 * Writes down who read and wrote in a bucket, in another one: a bucket that logs itself never ends,
 * and one that is locked cannot take its own log.
 */
export function logAccess(
  scope: Scope,
  role: string,
  watched: PrivateBucket,
  { days, retained = false }: { readonly days: number; readonly retained?: boolean },
): void {
  const log = privateBucket(scope, "access", {
    retained,
    lifecycle: expireAfter(days),
    statements: (arn) =>
      watched.arn.apply((source) => [
        {
          Sid: "Delivery",
          Effect: "Allow",
          Principal: { Service: "logging.s3.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: `${arn}/*`,
          Condition: {
            ArnLike: { "aws:SourceArn": source },
            StringEquals: { "aws:SourceAccount": scope.accountId },
          },
        },
      ]),
  });
  new BucketLogging(
    `${scope.name}-${role}`,
    { bucket: watched.bucket.id, targetBucket: log.bucket.id, targetPrefix: "access/" },
    { ...watched.options, dependsOn: log.ready },
  );
}
