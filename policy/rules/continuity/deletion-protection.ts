import { mustBeOneOf, mustBeTrue, mustNotBeTrue } from "../../lib/check/simple";
import { forTypes, type Check, type Rule } from "../../lib/rule";

const MESSAGE = "one wrong command deletes it with its data";

/** The engine's own protection counts as well: it refuses the deletion before the cloud is asked. */
const isOn =
  (...paths: string[]): Check =>
  (resource) => {
    if (resource.opts.protect === true) return [];
    const values = paths.map((path) => resource.at(path));
    if (values.some((value) => value.boolean === true)) return [];
    const value =
      values.find((item) => item.unknown) ?? values.find((item) => item.present) ?? values[0];
    return value === undefined ? [] : mustBeTrue(value, MESSAGE);
  };

export const rule: Rule = {
  id: "deletion-protection",
  title: "Stores are protected against deletion",
  severity: "high",
  category: "deletion-protection",
  profile: "strict",
  why: "A renamed resource, a wrong stack or a stolen key deletes a store in one call.",
  fix: {
    aws: "Set deletionProtection (deletionProtectionEnabled) to true, or the resource option protect.",
    azure:
      "Set enablePurgeProtection of vaults to true, the resource option protect, or a management lock.",
    gcp: "Set settings.deletionProtectionEnabled to true, or the resource option protect.",
  },
  controls: { nist: ["CP-9", "SI-12", "CM-5"], cis: ["11.3"] },
  check: {
    ...forTypes(
      [
        "aws:rds/instance:Instance",
        "aws:rds/cluster:Cluster",
        "aws:docdb/cluster:Cluster",
        "aws:neptune/cluster:Cluster",
      ],
      (resource, context) =>
        resource.at("replicateSourceDb").present
          ? []
          : isOn("deletionProtection")(resource, context),
    ),
    "aws:dynamodb/table:Table": isOn("deletionProtectionEnabled"),
    "aws:lb/loadBalancer:LoadBalancer": isOn("enableDeletionProtection"),
    "aws:cognito/userPool:UserPool": (resource) =>
      resource.opts.protect === true
        ? []
        : mustBeOneOf(resource.at("deletionProtection"), ["ACTIVE"], MESSAGE),
    "azure-native:keyvault:Vault": isOn("properties.enablePurgeProtection"),
    "azure:keyvault/keyVault:KeyVault": isOn("purgeProtectionEnabled"),
    "gcp:sql/databaseInstance:DatabaseInstance": (resource, context) =>
      // The provider refuses to delete unless told otherwise; the API's own switch also stops the console.
      resource.at("deletionProtection").boolean === false
        ? isOn("settings.deletionProtectionEnabled")(resource, context)
        : [],
    "gcp:bigtable/instance:Instance": (resource) =>
      mustBeTrue(resource.at("deletionProtection"), MESSAGE, "passes"),
    "gcp:spanner/database:Database": isOn("enableDropProtection"),
    "aws:s3/bucket:Bucket": (resource) =>
      mustNotBeTrue(resource.at("forceDestroy"), "deleting the bucket deletes every object in it"),
    "gcp:storage/bucket:Bucket": (resource) =>
      mustNotBeTrue(resource.at("forceDestroy"), "deleting the bucket deletes every object in it"),
    "aws:ecr/repository:Repository": (resource) =>
      mustNotBeTrue(
        resource.at("forceDelete"),
        "deleting the repository deletes every image in it",
      ),
  },
};
