import { mustBeOneOf, mustBeTrue, mustNotBeTrue } from "../../lib/check/simple";
import { undecided, violation, type Rule } from "../../lib/rule";

const MESSAGE = "it is reachable from the internet";

export const rule: Rule = {
  id: "private-endpoints",
  title: "Platform services are reached through the private network",
  severity: "medium",
  category: "private-network",
  profile: "strict",
  why: "Storage, vaults, registries and control planes with a public endpoint are guarded by their keys alone.",
  fix: {
    aws: "Set mapPublicIpOnLaunch to false; set endpointPublicAccess of clusters to false or name publicAccessCidrs.",
    azure:
      'Set publicNetworkAccess to "Disabled" and add a private endpoint, or networkRuleSet.defaultAction to "Deny".',
    gcp: "Set privateIpGoogleAccess of subnetworks and enablePrivateNodes of clusters to true.",
  },
  controls: { nist: ["SC-7", "AC-4"], cis: ["12.2"] },
  check: {
    "aws:ec2/subnet:Subnet": (resource) =>
      mustNotBeTrue(
        resource.at("mapPublicIpOnLaunch"),
        "everything in the subnet gets a public address",
      ),
    "aws:eks/cluster:Cluster": (resource) => {
      const config = resource.at("vpcConfig");
      if (config.at("publicAccessCidrs").each.length > 0) return [];
      return mustNotBeTrue(config.at("endpointPublicAccess"), MESSAGE, "violates");
    },
    "azure-native:storage:StorageAccount": (resource) => {
      const rules = resource.at("networkRuleSet.defaultAction");
      const access = resource.at("publicNetworkAccess");
      if (rules.isWord("Deny")) return [];
      if (rules.unknown) return [undecided(rules)];
      return mustBeOneOf(access, ["Disabled", "SecuredByPerimeter"], MESSAGE);
    },
    "azure-native:keyvault:Vault": (resource) => {
      const properties = resource.at("properties");
      if (properties.at("networkAcls.defaultAction").isWord("Deny")) return [];
      return mustBeOneOf(properties.at("publicNetworkAccess"), ["disabled"], MESSAGE);
    },
    "azure-native:containerregistry:Registry": (resource) =>
      resource.at("networkRuleSet.defaultAction").isWord("Deny")
        ? []
        : mustBeOneOf(resource.at("publicNetworkAccess"), ["Disabled"], MESSAGE),
    "azure-native:app:ManagedEnvironment": (resource) => {
      const subnet = resource.at("vnetConfiguration.infrastructureSubnetId");
      return subnet.absent ? [violation(subnet, "its apps run outside your network")] : [];
    },
    "gcp:compute/subnetwork:Subnetwork": (resource) => {
      const purpose = resource.at("purpose");
      if (purpose.present && !purpose.isWord("PRIVATE")) return [];
      return mustBeTrue(
        resource.at("privateIpGoogleAccess"),
        "Google's services are reached over public addresses",
      );
    },
    "gcp:container/cluster:Cluster": (resource) =>
      mustBeTrue(
        resource.at("privateClusterConfig.enablePrivateNodes"),
        "the nodes have public addresses",
      ),
  },
};
