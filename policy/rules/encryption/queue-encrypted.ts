import { mustBeTrue, mustNotBeOneOf } from "../../lib/check/simple";
import { undecided, violation, type Rule } from "../../lib/rule";

const MESSAGE = "messages are stored without encryption";

export const rule: Rule = {
  id: "queue-encrypted",
  title: "Queues and streams are encrypted at rest",
  severity: "high",
  category: "encryption-at-rest",
  profile: "baseline",
  why: "Messages wait for days on disks, with whatever they carry.",
  fix: {
    aws: "Leave sqsManagedSseEnabled on or set kmsMasterKeyId; set encryptionType KMS on Kinesis streams and serverSideEncryption on Firehose.",
  },
  controls: { nist: ["SC-28", "SC-28(1)"], cis: ["3.11"] },
  check: {
    "aws:sqs/queue:Queue": (resource) => {
      const managed = resource.at("sqsManagedSseEnabled");
      const key = resource.at("kmsMasterKeyId");
      if (key.unknown || (key.text ?? "") !== "") return [];
      if (managed.unknown) return [undecided(managed)];
      return managed.boolean === false ? [violation(managed, MESSAGE)] : [];
    },
    "aws:kinesis/stream:Stream": (resource) =>
      mustNotBeOneOf(resource.at("encryptionType"), ["NONE"], MESSAGE, "violates"),
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": (resource) =>
      // A stream that reads from Kinesis has the source's encryption.
      resource.at("kinesisSourceConfiguration").present ||
      resource.at("mskSourceConfiguration").present
        ? []
        : mustBeTrue(resource.at("serverSideEncryption.enabled"), MESSAGE),
  },
};
