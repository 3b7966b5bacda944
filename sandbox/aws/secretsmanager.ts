import { randomUUID } from "node:crypto";
import { CloudError } from "../lib/table";
import type { Draft, TypeTable } from "../lib/table";
import { Tombstones } from "../lib/tombstones";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { ANY_KEY } from "./shared";

const deleted = new Tombstones("aws");
const SECRET = "aws:secretsmanager/secret:Secret";

export const types: Record<string, TypeTable> = {
  [SECRET]: {
    name: { property: "name", prefixProperty: "namePrefix", max: 512 },
    // The cloud adds six characters, so that a re-created secret is another one.
    id: "arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-{letters:6}",
    defaults: { forceOverwriteReplicaSecret: false, recoveryWindowInDays: 30 },
    outputs: { arn: "{id}" },
    json: ["policy"],
    references: { kmsKeyId: ANY_KEY },
    loose: ["kmsKeyId"],
    create: ({ name, place }) => {
      deleted.refuseBuried(
        `${place.account}/${place.region}/${name}`,
        "api error InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
      return undefined;
    },
    // Without a window it is gone at once, and its name is free.
    remove: ({ outputs, place }) => {
      const { name, recoveryWindowInDays: days } = plain(outputs) as Plain;
      if (days > 0) deleted.bury(`${place}/${String(name)}`, days);
    },
    exists:
      "api error ResourceExistsException: The operation failed because the secret {name} already exists.",
    missing:
      "api error ResourceNotFoundException: Secrets Manager can't find the specified secret.",
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    id: (draft) => `${draft.inputs.secretId}|${randomUUID()}`,
    outputs: {
      arn: "{in.secretId}",
      versionId: (draft: Draft) => draft.id.split("|")[1],
      versionStages: ["AWSCURRENT"],
      hasSecretStringWo: (draft: Draft) => draft.inputs.secretStringWo !== undefined,
    },
    secrets: ["secretString", "secretBinary", "secretStringWo"],
    references: { secretId: `${SECRET}|${SECRET}#arn` },
    loose: ["secretId"],
    replaceOn: ["secretId", "secretString", "secretBinary", "secretStringWoVersion"],
    create: requireContent,
  },
  "aws:secretsmanager/secretPolicy:SecretPolicy": {
    id: "{in.secretArn}",
    json: ["policy"],
    references: { secretArn: `${SECRET}#arn` },
    loose: ["secretArn"],
    replaceOn: ["secretArn"],
  },
  "aws:secretsmanager/secretRotation:SecretRotation": {
    id: "{in.secretId}",
    outputs: { rotationEnabled: true },
    references: { secretId: `${SECRET}|${SECRET}#arn` },
    loose: ["secretId"],
    replaceOn: ["secretId"],
  },
};

function requireContent({ inputs }: Draft): undefined {
  const { secretString, secretBinary, secretStringWo } = inputs;
  if (
    [secretString, secretBinary, secretStringWo].some(
      (value) => typeof value === "string" && value !== "",
    )
  ) {
    return undefined;
  }
  throw new CloudError(
    "api error InvalidParameterException: You must provide either SecretString or SecretBinary.",
  );
}
