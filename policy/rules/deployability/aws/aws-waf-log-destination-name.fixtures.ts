import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const group = (props: object, name = "logs") =>
  resource("aws:cloudwatch/logGroup:LogGroup", props, name);
const logging = (...logDestinationConfigs: unknown[]) =>
  resource("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", {
    resourceArn: "arn:acl",
    logDestinationConfigs,
  });
const toLogs = logging({ ref: "logs.arn" });

export const fixtures: Fixtures = {
  good: [
    passes(group({ name: "aws-waf-logs-app" }), toLogs),
    passes(group({ namePrefix: "aws-waf-logs-" }), toLogs),
    passes(group({}, "aws-waf-logs-app"), logging({ ref: "aws-waf-logs-app.arn" })),
    passes(group({ name: { concat: ["aws-waf-logs-", { ref: "id.hex" }] } }), toLogs),
    passes(
      resource("aws:s3/bucket:Bucket", { bucket: "aws-waf-logs-app" }, "b"),
      logging({ ref: "b.arn" }),
    ),
  ],
  bad: [
    violates(group({ name: "/waf/app" }), toLogs),
    violates(group({}), toLogs),
    violates(group({ name: { concat: ["waf-", { ref: "id.hex" }] } }), toLogs),
    violates(
      resource("aws:s3/bucketV2:BucketV2", { bucket: "logs-app" }, "b"),
      logging({ ref: "b.arn" }),
    ),
    violates(logging("arn:aws:logs:eu-west-1:111122223333:log-group:waf-logs")),
  ],
  missing: [
    passes(logging()),
    passes(resource("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", {})),
  ],
  unknown: [
    waits(group({ name: unknown }), toLogs),
    waits(logging(unknown)),
    waits(logging("arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-x")),
  ],
  wrongType: [passes(logging(7))],
};
