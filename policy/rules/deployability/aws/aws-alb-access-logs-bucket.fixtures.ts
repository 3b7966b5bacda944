import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const balancer = (
  accessLogs: unknown = { bucket: { ref: "b.id" }, enabled: true },
  dependsOn = ["p"],
) => resource("aws:lb/loadBalancer:LoadBalancer", { accessLogs }, "lb", { opts: { dependsOn } });
const bucket = (type = "aws:s3/bucket:Bucket", props: object = {}) => resource(type, props, "b");
const policy = (
  principal: unknown = { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
  action: unknown = "s3:PutObject",
) =>
  resource(
    "aws:s3/bucketPolicy:BucketPolicy",
    {
      bucket: { ref: "b.id" },
      policy: {
        json: {
          Statement: [{ Effect: "Allow", Principal: principal, Action: action, Resource: "*" }],
        },
      },
    },
    "p",
  );
const encrypted = resource(
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  {
    bucket: { ref: "b.id" },
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
  },
);

export const fixtures: Fixtures = {
  good: [
    passes(bucket(), policy(), balancer()),
    passes(
      bucket("aws:s3/bucketV2:BucketV2"),
      policy({ AWS: "arn:aws:iam::156460612806:root" }),
      balancer(),
    ),
    passes(bucket(), balancer({ bucket: { ref: "b.id" }, enabled: false })),
    passes(bucket(), policy(), balancer({ bucket: { ref: "p.bucket" }, enabled: true }, [])),
    passes(balancer(null)),
  ],
  bad: [
    violates(bucket(), balancer()),
    violates(bucket(), policy(), balancer(undefined, [])),
    violates(bucket(), policy({ Service: "cloudtrail.amazonaws.com" }), balancer()),
    violates(bucket(), policy(undefined, "s3:GetObject"), balancer()),
    violates(bucket(), policy(), encrypted, balancer()),
    violates(
      bucket("aws:s3/bucketV2:BucketV2"),
      balancer({ bucket: { ref: "b.bucket" }, enabled: true }),
    ),
  ],
  missing: [
    passes(bucket(), balancer(null)),
    passes(bucket(), balancer({ bucket: { ref: "b.id" } })),
  ],
  unknown: [
    waits(balancer(unknown)),
    waits(balancer({ bucket: "somebodys-logs", enabled: true })),
    waits(
      bucket(),
      { ...policy(), props: { bucket: { ref: "b.id" }, policy: unknown } },
      balancer(),
    ),
  ],
  wrongType: [
    passes(balancer(7)),
    violates(
      bucket(),
      { ...policy(), props: { bucket: { ref: "b.id" }, policy: "x" } },
      balancer(),
    ),
  ],
};
