import { mustBeOneOf, mustBeTrue, mustNotBeOneOf, mustNotBeTrue } from "../../lib/check/simple";
import type { Rule } from "../../lib/rule";

const MESSAGE = "what is stored is not encrypted";

export const rule: Rule = {
  id: "stored-data-encrypted",
  title: "Encryption of stored data is not switched off",
  severity: "high",
  category: "encryption-at-rest",
  profile: "baseline",
  why: "These services encrypt what they store when they are asked to, or until they are told not to.",
  fix: {
    aws: "Remove encryptionDisabled, name an encryption mode, set cacheDataEncrypted and encrypted to true.",
    azure: "Leave encryption.services enabled.",
  },
  controls: { nist: ["SC-28", "SC-28(1)"], cis: ["3.11"] },
  check: {
    "aws:codebuild/project:Project": (resource) => [
      ...mustNotBeTrue(resource.at("artifacts.encryptionDisabled"), MESSAGE),
      ...mustNotBeTrue(resource.at("logsConfig.s3Logs.encryptionDisabled"), MESSAGE),
    ],
    "aws:glue/securityConfiguration:SecurityConfiguration": (resource) => [
      ...mustBeOneOf(
        resource.at("encryptionConfiguration.s3Encryption.s3EncryptionMode"),
        ["SSE-S3", "SSE-KMS"],
        MESSAGE,
      ),
      ...mustNotBeOneOf(
        resource.at("encryptionConfiguration.cloudwatchEncryption.cloudwatchEncryptionMode"),
        ["DISABLED"],
        MESSAGE,
      ),
    ],
    "aws:emr/securityConfiguration:SecurityConfiguration": (resource) =>
      mustBeTrue(
        resource.at("configuration").document.at("EncryptionConfiguration.EnableAtRestEncryption"),
        MESSAGE,
      ),
    "aws:ec2/amiCopy:AmiCopy": (resource) => mustBeTrue(resource.at("encrypted"), MESSAGE),
    "azure-native:storage:StorageAccount": (resource) =>
      ["blob", "file", "queue", "table"].flatMap((service) =>
        mustBeTrue(resource.at(`encryption.services.${service}.enabled`), MESSAGE, "passes"),
      ),
  },
};
