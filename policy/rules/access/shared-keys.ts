import { mustBeTrue, mustNotBeTrue } from "../../lib/check/simple";
import type { Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "shared-keys",
  title: "Services take identities, not shared keys",
  severity: "medium",
  category: "auth",
  profile: "strict",
  why: "A shared key names nobody, never expires and is copied from place to place.",
  fix: {
    aws: "Set manageMasterUserPassword to true, so that the password is made, kept and rotated by the cloud.",
    azure:
      "Set allowSharedKeyAccess to false, disableLocalAuth and disablePasswordAuthentication to true.",
  },
  controls: { nist: ["IA-2", "IA-5"], cis: ["5.2", "6.8"] },
  check: {
    "azure-native:storage:StorageAccount": (resource) =>
      mustNotBeTrue(resource.at("allowSharedKeyAccess"), "the account's keys open it", "violates"),
    "azure-native:cosmosdb:DatabaseAccount": (resource) =>
      mustBeTrue(resource.at("disableLocalAuth"), "the account's keys open it"),
    "azure-native:compute:VirtualMachine": (resource) => {
      const linux = resource.at("osProfile.linuxConfiguration");
      return linux.absent
        ? []
        : mustBeTrue(linux.at("disablePasswordAuthentication"), "the machine takes passwords");
    },
    "aws:rds/instance:Instance": (resource) =>
      ["replicateSourceDb", "snapshotIdentifier", "passwordWo"].some(
        (path) => resource.at(path).present,
      )
        ? []
        : mustBeTrue(
            resource.at("manageMasterUserPassword"),
            "the password is kept in the plan and its state",
          ),
  },
};
