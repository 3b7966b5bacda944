import { mustNotBeTrue } from "../../lib/check/simple";
import { undecided, violation, type Rule } from "../../lib/rule";

const MESSAGE = "it gets an address on the internet";

export const rule: Rule = {
  id: "public-address",
  title: "Workloads and machines have no public address",
  severity: "high",
  category: "private-network",
  profile: "baseline",
  why: "With a public address one wrong firewall rule is enough to be attacked directly.",
  fix: {
    aws: "Set assignPublicIp (associatePublicIpAddress) to false and place it in private subnets with NAT or endpoints.",
    azure:
      "Remove the public IP address from the network interface; use type Private for container groups.",
    gcp: "Remove accessConfigs and use Cloud NAT.",
  },
  controls: { nist: ["SC-7", "AC-4"], cis: ["12.2"] },
  check: {
    "aws:ecs/service:Service": (resource) =>
      mustNotBeTrue(resource.at("networkConfiguration.assignPublicIp"), MESSAGE),
    "aws:ec2/instance:Instance": (resource) =>
      mustNotBeTrue(resource.at("associatePublicIpAddress"), MESSAGE),
    "aws:ec2/launchTemplate:LaunchTemplate": (resource) =>
      resource
        .at("networkInterfaces")
        .items.flatMap((item) => mustNotBeTrue(item.at("associatePublicIpAddress"), MESSAGE)),
    "aws:ec2/launchConfiguration:LaunchConfiguration": (resource) =>
      mustNotBeTrue(resource.at("associatePublicIpAddress"), MESSAGE),
    "azure-native:network:NetworkInterface": (resource) =>
      resource
        .at("ipConfigurations")
        .items.filter((item) => item.at("publicIPAddress").present)
        .map((item) => violation(item.at("publicIPAddress"), MESSAGE)),
    "azure-native:containerinstance:ContainerGroup": (resource) => {
      const type = resource.at("ipAddress.type");
      if (type.unknown) return [undecided(type)];
      return type.isWord("Public") ? [violation(type, MESSAGE)] : [];
    },
    "gcp:compute/instance:Instance": (resource) =>
      resource
        .at("networkInterfaces")
        .items.filter(
          (item) =>
            item.at("accessConfigs").each.length > 0 ||
            item.at("ipv6AccessConfigs").each.length > 0,
        )
        .map((item) => violation(item.at("accessConfigs"), MESSAGE)),
  },
};
