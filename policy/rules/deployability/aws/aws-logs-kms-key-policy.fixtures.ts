import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const statement = (more: object = {}) => ({
  Effect: "Allow",
  Principal: { Service: "logs.eu-west-1.amazonaws.com" },
  Action: [
    "kms:Encrypt*",
    "kms:Decrypt*",
    "kms:ReEncrypt*",
    "kms:GenerateDataKey*",
    "kms:Describe*",
  ],
  Resource: "*",
  ...more,
});
const text = (more: object = {}) => JSON.stringify({ Statement: [statement(more)] });
const key = (policy?: unknown) => resource("aws:kms/key:Key", { policy }, "k");
const group = (props: object = {}, dependsOn: string[] = []) =>
  resource("aws:cloudwatch/logGroup:LogGroup", { kmsKeyId: { ref: "k.arn" }, ...props }, "g", {
    opts: { dependsOn },
  });
const apart = resource(
  "aws:kms/keyPolicy:KeyPolicy",
  { keyId: { ref: "k.id" }, policy: text() },
  "p",
);
const only = (arn: string) => ({
  Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": arn } },
});

export const fixtures: Fixtures = {
  good: [
    passes(key(text()), group()),
    passes(
      key({
        json: {
          Statement: statement({ Principal: { Service: "logs.amazonaws.com" }, Action: "kms:*" }),
        },
      }),
      group(),
    ),
    passes(key(), apart, group({}, ["p"])),
    passes(
      key(text(only("arn:aws:logs:eu-west-1:111122223333:log-group:/app/*"))),
      group({ name: "/app/web" }),
    ),
    passes(key(), resource("aws:cloudwatch/logGroup:LogGroup", {})),
  ],
  bad: [
    violates(key(), group()),
    violates(key(text({ Principal: { AWS: "arn:aws:iam::111122223333:root" } })), group()),
    violates(key(text({ Action: ["kms:Decrypt"] })), group()),
    violates(key(text({ Effect: "Deny" })), group()),
    violates(key(), apart, group()),
    violates(
      key(text(only("arn:aws:logs:eu-west-1:111122223333:log-group:/shop/*"))),
      group({ name: "/app/web" }),
    ),
  ],
  missing: [violates(key(""), group()), passes(group({ kmsKeyId: undefined }))],
  unknown: [
    waits(key(unknown), group()),
    waits(group({ kmsKeyId: unknown })),
    waits(group({ kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1" })),
  ],
  wrongType: [violates(key("no json"), group()), violates(key(7), group())],
};
