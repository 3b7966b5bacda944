import { mustBeTrue } from "../../lib/check/simple";
import { forTypes, violation, type Check, type Report, type Rule } from "../../lib/rule";
import type { Value } from "../../lib/value/value";
import type { Graph } from "../../lib/graph/graph";
import type { Resource } from "../../lib/resource";

const MESSAGE = "the volume is stored without encryption";

const VOLUME = "aws:ebs/volume:Volume";
const INSTANCE = "aws:ec2/instance:Instance";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const LAUNCH = "aws:ec2/launchConfiguration:LaunchConfiguration";
const SERVICE = "aws:ecs/service:Service";
const SNAPSHOT_COPY = "aws:ebs/snapshotCopy:SnapshotCopy";
const BY_DEFAULT = "aws:ebs/encryptionByDefault:EncryptionByDefault";

const DISKS = [VOLUME, INSTANCE, TEMPLATE, LAUNCH, SERVICE, SNAPSHOT_COPY];

/** The switches of every disk of a resource; a disk from a snapshot keeps the snapshot's encryption. */
function switches(resource: Resource): { encrypted: Value; inherits: boolean }[] {
  if (resource.type === VOLUME || resource.type === SNAPSHOT_COPY) {
    const inherits = resource.type === VOLUME && resource.at("snapshotId").present;
    return [{ encrypted: resource.at("encrypted"), inherits }];
  }
  if (resource.type === SERVICE) {
    const disks = resource
      .at("volumeConfiguration")
      .items.map((item) => item.at("managedEbsVolume"));
    return disks
      .filter((disk) => disk.present)
      .map((disk) => ({
        encrypted: disk.at("encrypted"),
        inherits: disk.at("snapshotId").present,
      }));
  }
  const mapped = resource.at("blockDeviceMappings").items.map((item) => item.at("ebs"));
  const disks = [...resource.at("ebsBlockDevices").items, ...mapped.filter((disk) => disk.present)];
  const root = resource.at("rootBlockDevice");
  // A template judges its own disks; a machine that is made of one and says nothing has those.
  const fromTemplate = resource.type === TEMPLATE || resource.at("launchTemplate").present;
  return [...(fromTemplate && root.absent ? [] : [root]), ...disks].map((disk) => ({
    encrypted: disk.at("encrypted"),
    inherits: disk.at("snapshotId").present,
  }));
}

/** What is set is decided at once; what is not set depends on the account's default, which the stack may hold. */
const decideSet: Check = (resource) =>
  switches(resource)
    .filter(({ encrypted }) => encrypted.present)
    .flatMap(({ encrypted }) => mustBeTrue(encrypted, MESSAGE));

function decideUnset(graph: Graph): (Report & { resource: Resource })[] {
  const byDefault = graph
    .ofType(BY_DEFAULT)
    .some((setting) => setting.at("enabled").boolean !== false);
  if (byDefault) return [];
  return graph.ofType(...DISKS).flatMap((resource) =>
    switches(resource)
      .filter(({ encrypted, inherits }) => encrypted.absent && !inherits)
      .map(({ encrypted }) => ({ ...violation(encrypted, MESSAGE), resource })),
  );
}

export const rule: Rule = {
  id: "volume-encrypted",
  title: "Volumes are encrypted at rest",
  severity: "high",
  category: "encryption-at-rest",
  profile: "baseline",
  why: "A snapshot that is shared or a disk that is taken over gives away every file on it.",
  fix: {
    aws: "Set encrypted to true on the volume (rootBlockDevice, ebsBlockDevices, blockDeviceMappings[].ebs), or switch on EncryptionByDefault for the region.",
  },
  controls: { nist: ["SC-28", "SC-28(1)"], cis: ["3.11"] },
  check: {
    ...forTypes(DISKS, decideSet),
    [BY_DEFAULT]: (resource) =>
      mustBeTrue(resource.at("enabled"), "encryption by default is switched off", "passes"),
    "aws:workspaces/workspace:Workspace": (resource) => [
      ...mustBeTrue(resource.at("rootVolumeEncryptionEnabled"), MESSAGE),
      ...mustBeTrue(resource.at("userVolumeEncryptionEnabled"), MESSAGE),
    ],
  },
  checkStack: { types: DISKS, run: decideUnset },
};
