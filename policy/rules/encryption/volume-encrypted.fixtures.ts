import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const volume = (props: object) => resource("aws:ebs/volume:Volume", props);
const instance = (props: object) => resource("aws:ec2/instance:Instance", props);
const template = (encrypted: unknown) =>
  resource("aws:ec2/launchTemplate:LaunchTemplate", {
    blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 20, encrypted } }],
  });
const byDefault = resource(
  "aws:ebs/encryptionByDefault:EncryptionByDefault",
  { enabled: true },
  "all",
);

export const fixtures: Fixtures = {
  good: [
    volume({ encrypted: true }),
    volume({ snapshotId: "snap-1" }),
    instance({ rootBlockDevice: { encrypted: true } }),
    template("true"),
    instance({ launchTemplate: { id: "lt-1" } }),
  ],
  bad: [
    volume({ encrypted: false }),
    template("false"),
    instance({ launchTemplate: { id: "lt-1" }, rootBlockDevice: { encrypted: false } }),
    instance({
      rootBlockDevice: { encrypted: true },
      ebsBlockDevices: [{ deviceName: "/dev/sdf" }],
    }),
    resource("aws:ebs/encryptionByDefault:EncryptionByDefault", { enabled: false }),
    resource("aws:workspaces/workspace:Workspace", { rootVolumeEncryptionEnabled: true }),
  ],
  missing: [
    violates(volume({ size: 10 })),
    violates(instance({})),
    passes(volume({ size: 10 }), byDefault),
    passes(resource("aws:ec2/launchTemplate:LaunchTemplate", {})),
  ],
  unknown: [volume({ encrypted: unknown }), instance({ rootBlockDevice: unknown })],
  wrongType: [violates(volume({ encrypted: "on" }))],
};
