import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const acl = (props: object) =>
  resource("aws:wafv2/webAcl:WebAcl", { scope: "REGIONAL", ...props }, "acl");
const balancer = resource("aws:lb/loadBalancer:LoadBalancer", {}, "lb");
const association = (name = "as", props: object = {}) =>
  resource(
    "aws:wafv2/webAclAssociation:WebAclAssociation",
    { webAclArn: { ref: "acl.arn" }, resourceArn: { ref: "lb.arn" }, ...props },
    name,
  );
const managed = {
  statement: {
    managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" },
  },
};
const rate = { statement: { rateBasedStatement: { limit: 1000 } } };

export const fixtures: Fixtures = {
  good: [
    passes(acl({}), balancer, association()),
    passes(acl({ scope: "CLOUDFRONT", region: "us-east-1" })),
    passes(
      acl({
        rules: [
          { ...managed, overrideAction: { none: {} } },
          { ...rate, action: { block: {} } },
        ],
      }),
    ),
  ],
  bad: [
    violates(acl({ scope: "CLOUDFRONT" }), balancer, association()),
    violates(acl({ scope: "CLOUDFRONT", region: "eu-west-1" })),
    violates(acl({ scope: "GLOBAL" })),
    violates(acl({ rules: [{ ...managed, action: { block: {} } }] })),
    violates(acl({ rules: [managed] })),
    violates(acl({ rules: [{ ...rate, overrideAction: { none: {} } }] })),
    violates(acl({}), balancer, association("one"), association("two")),
  ],
  missing: [passes(acl({ rules: undefined, scope: undefined }))],
  unknown: [
    waits(acl({ scope: unknown })),
    waits(association("as", { webAclArn: unknown })),
    waits(association("as", { webAclArn: "arn:aws:wafv2:x" })),
  ],
  wrongType: [passes(acl({ rules: 7 })), violates(acl({ scope: 7 }))],
};
