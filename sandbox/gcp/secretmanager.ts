import { rule as names } from "../../policy/rules/deployability/gcp/gcp-names";
import { CloudError } from "../lib/table";
import type { Draft, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { CRYPTO_KEY, now } from "./shared";
import { badMember } from "./shared";

const SECRET = "gcp:secretmanager/secret:Secret";
const VERSION = "gcp:secretmanager/secretVersion:SecretVersion";

export const types: Record<string, TypeTable> = {
  [SECRET]: {
    name: { property: "secretId", max: 255, manual: true },
    id: "projects/{project}/secrets/{in.secretId}",
    scope: "account",
    references: {
      "replication.userManaged.replicas[*].customerManagedEncryption.kmsKeyName": CRYPTO_KEY,
      "replication.auto.customerManagedEncryption.kmsKeyName": CRYPTO_KEY,
    },
    replaceOn: ["secretId", "replication"],
    outputs: { name: "projects/{number}/secrets/{in.secretId}", createTime: now, expireTime: "" },
    rules: [names],
    protection: ({ outputs }) =>
      (plain(outputs) as Plain).deletionProtection === true
        ? "cannot destroy secretmanager secret without setting deletion_protection=false and running `pulumi up`"
        : undefined,
    exists: "googleapi: Error 409: Secret [{id}] already exists.",
    missing: "googleapi: Error 404: Secret [{value}] not found.",
  },
  [VERSION]: {
    id: ({ inputs, cloud }) =>
      `${String(inputs.secret)}/versions/${nextVersion(cloud, inputs.secret)}`,
    scope: "account",
    defaults: { enabled: true, deletionPolicy: "DELETE" },
    references: { secret: SECRET },
    replaceOn: ["secret", "secretData", "isSecretDataBase64", "secretDataWoVersion"],
    secrets: ["secretData"],
    outputs: {
      version: ({ id }: Draft) => id.split("/").at(-1),
      name: "{id}",
      createTime: now,
      destroyTime: "",
    },
    create: ({ inputs }) => {
      if (inputs.secretData === "") {
        throw new CloudError("googleapi: Error 400: Secret Payload cannot be empty.");
      }
      return undefined;
    },
  },
  "gcp:secretmanager/secretIamMember:SecretIamMember": {
    id: "{in.secretId}/{in.role}/{in.member}",
    scope: "account",
    replaceOn: ["secretId", "role", "member", "condition"],
    validate: ({ member }) => badMember(member),
    outputs: { etag: "BwY{hex:8}" },
  },
};

/** Numbers count on, also past versions that are gone. */
function nextVersion(
  cloud: Parameters<NonNullable<TypeTable["create"]>>[0]["cloud"],
  secret: Plain,
): number {
  const numbers = cloud
    .all(VERSION)
    .map(({ outputs }) => plain(outputs) as Plain)
    .filter((version) => version.secret === secret)
    .map((version) => Number(version.version));
  return Math.max(0, ...numbers) + 1;
}
