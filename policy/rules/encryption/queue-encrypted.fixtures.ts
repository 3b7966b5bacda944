import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const queue = (props: object) => resource("aws:sqs/queue:Queue", props);
const stream = (props: object) => resource("aws:kinesis/stream:Stream", props);
const firehose = (props: object) =>
  resource("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", props);

export const fixtures: Fixtures = {
  good: [
    queue({ sqsManagedSseEnabled: true }),
    queue({ sqsManagedSseEnabled: false, kmsMasterKeyId: unknown }),
    stream({ encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" }),
    firehose({ kinesisSourceConfiguration: { kinesisStreamArn: unknown } }),
  ],
  bad: [
    queue({ sqsManagedSseEnabled: false }),
    queue({ sqsManagedSseEnabled: false, kmsMasterKeyId: "" }),
    stream({ encryptionType: "NONE" }),
    firehose({ serverSideEncryption: { enabled: false } }),
  ],
  missing: [passes(queue({})), violates(stream({})), violates(firehose({}))],
  unknown: [queue({ sqsManagedSseEnabled: unknown }), stream({ encryptionType: unknown })],
  wrongType: [
    passes(queue({ sqsManagedSseEnabled: [] })),
    violates(firehose({ serverSideEncryption: "on" })),
  ],
};
