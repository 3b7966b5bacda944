import { BUCKET } from "../../../lib/deployability/aws/types";
import { isKept } from "../../../lib/deployability/kept";
import { about, targets } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

const LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
const LIFECYCLES = [
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
];

export const rule = deployability({
  id: "aws-s3-object-lock-destroy",
  title: "A bucket that nobody can empty is not one to be destroyed",
  fails: {
    when: "destroy",
    effect: "error",
    answer: "AccessDenied on DeleteObjectVersion, then BucketNotEmpty",
  },
  fix: "Set protect: true or retainOnDelete on the bucket instead of forceDestroy, and let objects expire no sooner than the retention ends.",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html",
  checkStack: {
    types: [LOCK],
    run: (graph) => graph.ofType(LOCK).flatMap((lock) => about(lock, checkLock(graph, lock))),
  },
});

function checkLock(graph: Graph, lock: Resource): Report[] {
  const mode = lock.at("rule.defaultRetention.mode");
  if (mode.unknown) return [undecided(mode)];
  if (!mode.isWord("COMPLIANCE")) return [];
  const { found, open } = targets(graph, lock, [lock.at("bucket")], BUCKET);
  return [
    ...found.flatMap(({ resource: bucket, at }) => [
      ...checkBucket(bucket, at),
      ...checkExpiry(graph, bucket, lock.at("rule.defaultRetention"), at),
    ]),
    ...open,
  ];
}

function checkBucket(bucket: Resource, at: Value): Report[] {
  if (bucket.at("forceDestroy").boolean === true)
    return [
      violation(
        at,
        `${bucket.name} has forceDestroy, which compliance mode refuses until the retention ends`,
      ),
    ];
  return isKept(bucket)
    ? []
    : [
        violation(
          at,
          `${bucket.name} is neither protected nor retained, so a destroy stops half-way`,
        ),
      ];
}

/** Objects that a lifecycle would remove sooner stay all the same. */
function checkExpiry(graph: Graph, bucket: Resource, retention: Value, at: Value): Report[] {
  const days = retention.at("days").number ?? (retention.at("years").number ?? NaN) * 365;
  if (Number.isNaN(days)) return [];
  return graph
    .referrers(bucket, ...LIFECYCLES)
    .filter((one) => graph.links(one, one.at("bucket"), [BUCKET]).resources.includes(bucket))
    .flatMap((lifecycle) =>
      lifecycle.at("rules").items.flatMap((one): Report[] => {
        const expires = [
          one.at("expiration.days"),
          one.at("noncurrentVersionExpiration.noncurrentDays"),
        ];
        const soon = expires.find(({ number }) => number !== undefined && number < days);
        if (soon === undefined || one.at("status").isWord("Disabled")) return [];
        return [
          {
            ...violation(
              at,
              `${lifecycle.name} lets objects expire after ${soon.number} days, the lock keeps them ${days}`,
            ),
            answer: "The objects stay, and are paid for, until the retention ends.",
          },
        ];
      }),
    );
}
