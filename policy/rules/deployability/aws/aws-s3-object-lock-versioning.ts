import { BUCKET } from "../../../lib/deployability/aws/types";
import { about, targets } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

const LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";

export const rule = deployability({
  id: "aws-s3-object-lock-versioning",
  title: "A bucket has versions before it is locked",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "InvalidBucketState: Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
  },
  fix: "Set objectLockEnabled true on the bucket, or let the lock depend on a BucketVersioning with status Enabled; give defaultRetention days or years.",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html",
  checkStack: {
    types: [LOCK, VERSIONING],
    run: (graph) => [
      ...graph.ofType(LOCK).flatMap((lock) => about(lock, checkLock(graph, lock))),
      ...graph
        .ofType(VERSIONING)
        .flatMap((versioning) => about(versioning, checkVersioning(graph, versioning))),
    ],
  },
});

const status = (versioning: Resource): Value => versioning.at("versioningConfiguration.status");

function checkLock(graph: Graph, lock: Resource): Report[] {
  const { found, open } = targets(graph, lock, [lock.at("bucket")], BUCKET);
  return [
    ...checkRetention(lock),
    ...found.flatMap(({ resource, at }) => checkBucket(graph, lock, resource, at)),
    ...open,
  ];
}

function checkRetention(lock: Resource): Report[] {
  const retention = lock.at("rule.defaultRetention");
  if (!retention.isObject) return [];
  const [days, years] = [retention.at("days"), retention.at("years")] as const;
  if (days.unknown || years.unknown || days.present !== years.present) return [];
  const what = days.present ? "both days and years" : "neither days nor years";
  return [
    {
      ...violation(retention, `the default retention has ${what}`),
      answer: "MalformedXML: Default retention takes either days or years",
    },
  ];
}

function checkBucket(graph: Graph, lock: Resource, bucket: Resource, at: Value): Report[] {
  const enabled = bucket.at("objectLockEnabled");
  if (enabled.boolean === true) return [];
  const versionings = ofBucket(graph, bucket);
  const before = graph.closure(lock);
  const inside = bucket.at("versioning.enabled");
  const ready = versionings.filter((one) => before.has(one));
  if (inside.boolean === true || ready.some((one) => status(one).isWord("Enabled"))) return [];
  const [unknown] = [enabled, inside, ...ready.map(status)].filter((value) => value.unknown);
  if (unknown !== undefined) return [{ ...undecided(unknown), path: at.path }];
  const late = versionings.find((one) => !before.has(one));
  return [
    violation(
      at,
      late === undefined
        ? `${bucket.name} has neither versions nor objectLockEnabled`
        : `the lock does not wait for ${late.name}`,
    ),
  ];
}

/** Versions of a locked bucket can never be suspended. */
function checkVersioning(graph: Graph, versioning: Resource): Report[] {
  const state = status(versioning);
  if (!state.isWord("Suspended", "Disabled")) return [];
  const { found } = targets(graph, versioning, [versioning.at("bucket")], BUCKET);
  return found
    .filter(({ resource }) => resource.at("objectLockEnabled").boolean === true)
    .map(({ resource }) => ({
      ...violation(state, `${resource.name} is locked, but its versions are ${state.text}`),
      answer:
        "InvalidBucketState: An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
    }));
}

function ofBucket(graph: Graph, bucket: Resource): Resource[] {
  return graph
    .referrers(bucket, VERSIONING)
    .filter((one) => graph.links(one, one.at("bucket"), [BUCKET]).resources.includes(bucket));
}
