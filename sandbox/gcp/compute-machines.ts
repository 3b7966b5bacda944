import type { Draft, TypeTable } from "../lib/table";
import {
  globalCompute,
  iamMember,
  NETWORK,
  ref,
  regionalCompute,
  SUBNETWORK,
  zonalCompute,
} from "./shared";

export const machineTypes: Record<string, TypeTable> = {
  "gcp:compute/instance:Instance": zonalCompute("instances", {
    outputs: {
      instanceId: "{digits:19}",
      cpuPlatform: "Intel Broadwell",
      currentStatus: "RUNNING",
      metadataFingerprint: "{hex:12}",
      tagsFingerprint: "{hex:12}",
    },
    references: {
      "networkInterfaces[*].network": NETWORK,
      "networkInterfaces[*].subnetwork": SUBNETWORK,
      "attachedDisks[*].source": ref("gcp:compute/disk:Disk", "selfLink"),
    },
    replaceOn: ["bootDisk", "networkInterfaces[*].network", "metadataStartupScript", "hostname"],
    protection: ({ outputs }) =>
      outputs.deletionProtection === true
        ? "Cannot delete instance: instance Deletion Protection is enabled. Set deletion_protection to false first."
        : undefined,
  }),
  "gcp:compute/disk:Disk": zonalCompute("disks", {
    defaults: { type: "pd-standard" },
    outputs: { diskId: "{digits:19}", users: () => [], labelFingerprint: "{hex:12}" },
    replaceOn: ["type", "image", "snapshot", "diskEncryptionKey", "physicalBlockSizeBytes"],
  }),
  "gcp:compute/instanceIAMMember:InstanceIAMMember": iamMember(
    "instanceName",
    ref("gcp:compute/instance:Instance", "name", "selfLink"),
    { replaceOn: ["zone"] },
  ),
  "gcp:compute/instanceGroup:InstanceGroup": zonalCompute("instanceGroups", {
    outputs: { size: ({ inputs }: Draft) => (inputs.instances ?? []).length },
    references: {
      "instances[*]": ref("gcp:compute/instance:Instance", "selfLink"),
      network: NETWORK,
    },
    replaceOn: ["network", "description"],
    sets: ["instances", "namedPorts"],
  }),
  "gcp:compute/instanceTemplate:InstanceTemplate": globalCompute("instanceTemplates", {
    outputs: { metadataFingerprint: "{hex:12}", tagsFingerprint: "{hex:12}" },
    references: {
      "networkInterfaces[*].network": NETWORK,
      "networkInterfaces[*].subnetwork": SUBNETWORK,
    },
    replaceOn: [
      "machineType",
      "disks",
      "networkInterfaces",
      "metadata",
      "metadataStartupScript",
      "tags",
    ],
  }),
  "gcp:compute/resourcePolicy:ResourcePolicy": regionalCompute("resourcePolicies", {
    replaceOn: ["snapshotSchedulePolicy", "groupPlacementPolicy"],
  }),
};
