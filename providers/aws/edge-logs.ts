import type * as pulumi from "@pulumi/pulumi";
import { expireAfter, privateBucket } from "./buckets";
import type { Scope } from "./scope";

export interface AccessLogs {
  readonly bucket: pulumi.Output<string>;
  /** Delivery is tested when logging is switched on, so these come before the load balancer. */
  readonly ready: pulumi.Resource[];
}

/**
 * Bucket for the load balancer's access logs, emptied by age. Without a key of the stack: load
 * balancers cannot deliver to a bucket that encrypts with one.
 */
export function accessLogs(scope: Scope, days: number): AccessLogs {
  const { bucket, ready } = privateBucket(scope, "logs", {
    lifecycle: expireAfter(days),
    statements: (arn) => [
      {
        Sid: "Delivery",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${arn}/AWSLogs/${scope.accountId}/*`,
      },
    ],
  });
  return { bucket: bucket.bucket, ready };
}
