import { rule as policyLockout } from "../../policy/rules/deployability/aws/aws-kms-policy-lockout";
import { rule as deletionWindow } from "../../policy/rules/deployability/aws/aws-secret-name-recovery";
import type { Draft, TypeTable } from "../lib/table";
import type { Plain } from "../lib/values";
import { randomUUID } from "node:crypto";

const KEY = "aws:kms/key:Key";

export const types: Record<string, TypeTable> = {
  [KEY]: {
    id: () => randomUUID(),
    defaults: {
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      keyUsage: "ENCRYPT_DECRYPT",
      isEnabled: true,
      enableKeyRotation: (inputs: Plain) =>
        inputs.rotationPeriodInDays === undefined ? false : undefined,
      bypassPolicyLockoutSafetyCheck: false,
      multiRegion: false,
    },
    outputs: {
      keyId: "{id}",
      arn: "arn:{partition}:kms:{region}:{account}:key/{id}",
      rotationPeriodInDays: 365,
    },
    json: ["policy"],
    rules: [policyLockout, deletionWindow],
    replaceOn: ["customerMasterKeySpec", "keyUsage", "multiRegion", "customKeyStoreId", "xksKeyId"],
    missing: "api error NotFoundException: Key '{value}' does not exist",
  },
  "aws:kms/alias:Alias": {
    name: {
      property: "name",
      prefixProperty: "namePrefix",
      max: 256,
      auto: { transform: (s) => `alias/${s}` },
    },
    outputs: {
      arn: "arn:{partition}:kms:{region}:{account}:{name}",
      targetKeyArn: (draft: Draft) =>
        draft.cloud.find(KEY, draft.inputs.targetKeyId)?.outputs.arn ?? draft.inputs.targetKeyId,
    },
    references: { targetKeyId: `${KEY}|${KEY}#arn` },
    exists: "api error AlreadyExistsException: An alias with the name {name} already exists",
    validate: ({ name }) =>
      typeof name === "string" && !name.startsWith("alias/")
        ? [{ property: "name", reason: `"name" must begin with 'alias/' (${name})` }]
        : [],
  },
  "aws:kms/grant:Grant": {
    id: "{in.keyId}:{hex:64}",
    outputs: { grantId: "{hex:64}", grantToken: "{hex:64}" },
    references: { keyId: `${KEY}|${KEY}#arn` },
    replaceOn: [
      "keyId",
      "granteePrincipal",
      "operations",
      "constraints",
      "name",
      "retiringPrincipal",
    ],
    sets: ["operations"],
  },
};
