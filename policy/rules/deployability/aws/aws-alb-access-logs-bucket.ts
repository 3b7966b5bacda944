import { allowStatements } from "../../../lib/check/policy-document";
import { actionGranted } from "../../../lib/deployability/aws/iam";
import { BUCKET, BUCKET_POLICY, LOAD_BALANCER } from "../../../lib/deployability/aws/types";
import { about, targets } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

const ENCRYPTION =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const DELIVERY = /^(logdelivery\.elasticloadbalancing|delivery\.logs)\.amazonaws\.com(\.cn)?$/;

export const rule = deployability({
  id: "aws-alb-access-logs-bucket",
  title: "A load balancer may write to the bucket of its access log before it is made",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "InvalidConfigurationRequest: Access Denied for bucket. Please check S3bucket permission",
  },
  fix: "Give the bucket a BucketPolicy that allows logdelivery.elasticloadbalancing.amazonaws.com s3:PutObject, let the load balancer depend on it, and encrypt with SSE-S3, not with a key.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
  checkStack: {
    types: [LOAD_BALANCER],
    run: (graph) =>
      graph.ofType(LOAD_BALANCER).flatMap((balancer) =>
        about(
          balancer,
          ["accessLogs", "connectionLogs"].flatMap((path) =>
            checkLogs(graph, balancer, balancer.at(path)),
          ),
        ),
      ),
  },
});

function checkLogs(graph: Graph, balancer: Resource, logs: Value): Report[] {
  const enabled = logs.at("enabled");
  // The access log of an object without the flag is off; a flag that is not known may be on.
  if (logs.absent || enabled.boolean === false || enabled.absent) return [];
  const { found, open } = targets(graph, balancer, [logs.at("bucket")], BUCKET);
  return [
    ...found.flatMap(({ resource, at }) => checkBucket(graph, balancer, resource, at)),
    ...open,
  ];
}

function checkBucket(graph: Graph, balancer: Resource, bucket: Resource, at: Value): Report[] {
  const of = (type: string): Resource[] =>
    graph
      .referrers(bucket, type)
      .filter((owner) =>
        graph.links(owner, owner.at("bucket"), [BUCKET]).resources.includes(bucket),
      );
  const reports: Report[] = [];
  const keyed = of(ENCRYPTION).find((owner) =>
    owner
      .at("rules")
      .items.some((one) =>
        one.at("applyServerSideEncryptionByDefault.sseAlgorithm").isWord("aws:kms", "aws:kms:dsse"),
      ),
  );
  if (keyed !== undefined && !balancer.at("loadBalancerType").isWord("network"))
    reports.push(violation(at, `${bucket.name} is encrypted with a key (${keyed.name})`));
  const own = bucket.at("policy");
  const policies = of(BUCKET_POLICY);
  if (policies.length === 0 && own.absent)
    return [
      ...reports,
      violation(at, `${bucket.name} has no policy that lets load balancers write`),
    ];
  const late = policies.find((policy) => !graph.closure(balancer).has(policy));
  if (late !== undefined)
    reports.push(violation(at, `the load balancer does not wait for ${late.name}`));
  const documents = [...policies.map((policy) => policy.at("policy")), own].filter(
    ({ present }) => present,
  );
  return [...reports, ...letsWrite(documents, bucket, at)];
}

function letsWrite(documents: readonly Value[], bucket: Resource, at: Value): Report[] {
  let open: Value | undefined;
  for (const document of documents) {
    const { statements, unknown } = allowStatements(document);
    open ??= unknown[0];
    for (const statement of statements) {
      if (actionGranted(statement, "s3:PutObject") === false) continue;
      for (const principal of statement.principals) {
        const { text } = principal;
        if (text === undefined) open ??= principal;
        // In the older regions the load balancers write as an account of AWS's own.
        else if (
          text === "*" ||
          DELIVERY.test(text) ||
          /^(arn:aws[\w-]*:iam::)?\d{12}(:root)?$/.test(text)
        )
          return [];
      }
    }
  }
  return open === undefined
    ? [violation(at, `no statement on ${bucket.name} lets load balancers write`)]
    : [{ ...undecided(open), path: at.path }];
}
