import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const ROOT = "arn:aws:iam::111122223333:root";
const policy = (principal: unknown, action: unknown = "kms:*", effect = "Allow") => ({
  json: { Statement: [{ Effect: effect, Principal: principal, Action: action, Resource: "*" }] },
});
const key = (text: unknown, more: object = {}) =>
  resource("aws:kms/key:Key", { policy: text, ...more });

export const fixtures: Fixtures = {
  good: [
    key(policy({ AWS: ROOT })),
    key(policy({ AWS: "111122223333" }, ["kms:Create*", "kms:Put*"])),
    key(policy({ AWS: { concat: ["arn:aws:iam::", { ref: "me.accountId" }, ":root"] } })),
    key(JSON.stringify(policy({ AWS: [ROOT] }).json)),
    key(policy("*")),
    resource("aws:kms/keyPolicy:KeyPolicy", { keyId: "k", policy: policy({ AWS: ROOT }) }),
  ],
  bad: [
    key(policy({ Service: "rds.amazonaws.com" }, "kms:Decrypt")),
    key(policy({ AWS: ROOT }, "kms:Decrypt")),
    key(policy({ Service: "rds.amazonaws.com" })),
    key(policy({ AWS: ROOT }, "kms:*", "Deny")),
    key(policy({ AWS: ROOT }), { bypassPolicyLockoutSafetyCheck: true }),
    resource("aws:kms/keyPolicy:KeyPolicy", {
      keyId: "k",
      policy: policy({ Service: "logs.amazonaws.com" }, "kms:*"),
    }),
  ],
  missing: [passes(key(undefined)), passes(key(""))],
  unknown: [key(unknown), key(policy({ AWS: unknown })), key(policy({ AWS: ROOT }, unknown))],
  wrongType: [violates(key("no json")), violates(key([]))],
};
