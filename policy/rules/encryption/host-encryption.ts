import { mustBeTrue } from "../../lib/check/simple";
import type { Rule } from "../../lib/rule";

const MESSAGE = "temporary disks and caches of the host are not encrypted";

export const rule: Rule = {
  id: "host-encryption",
  title: "Virtual machines encrypt temporary disks and caches",
  severity: "medium",
  category: "encryption-at-rest",
  profile: "strict",
  why: "Managed disks are always encrypted, but the host's temporary disk and caches hold the same data in clear.",
  fix: {
    azure:
      "Set securityProfile.encryptionAtHost (encryptionAtHostEnabled of the classic provider) to true.",
  },
  controls: { nist: ["SC-28"], cis: ["3.11"] },
  check: {
    "azure-native:compute:VirtualMachine": (resource) =>
      mustBeTrue(resource.at("securityProfile.encryptionAtHost"), MESSAGE),
    "azure-native:compute:VirtualMachineScaleSet": (resource) =>
      mustBeTrue(resource.at("virtualMachineProfile.securityProfile.encryptionAtHost"), MESSAGE),
    "azure:compute/linuxVirtualMachine:LinuxVirtualMachine": (resource) =>
      mustBeTrue(resource.at("encryptionAtHostEnabled"), MESSAGE),
  },
};
