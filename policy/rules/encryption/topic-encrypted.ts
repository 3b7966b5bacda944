import { mustBeSet } from "../../lib/check/simple";
import type { Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "topic-encrypted",
  title: "Topics are encrypted at rest",
  severity: "medium",
  category: "encryption-at-rest",
  profile: "strict",
  why: "SNS keeps messages on disk until they are delivered, and only encrypts them when it is given a key.",
  fix: { aws: 'Set kmsMasterKeyId, for example to "alias/aws/sns" or a key of your own.' },
  controls: { nist: ["SC-28"], cis: ["3.11"] },
  check: {
    "aws:sns/topic:Topic": (resource) =>
      mustBeSet(resource.at("kmsMasterKeyId"), "messages are stored without encryption"),
  },
};
