import type { CloudObject } from "../lib/store";
import type { Draft, Failure, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { VOLUME } from "./ebs";
import { KEY_ARN, SECURITY_GROUP, SUBNET } from "./refs";

const INSTANCE = "aws:ec2/instance:Instance";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const PROFILE = "aws:iam/instanceProfile:InstanceProfile#name";

/** Virtual machines and their disks. */
export const machines: Record<string, TypeTable> = {
  [INSTANCE]: {
    id: "i-{hex:17}",
    outputs: {
      arn: "arn:{partition}:ec2:{region}:{account}:instance/{id}",
      availabilityZone: (draft: Draft) => zoneOf(draft),
      instanceState: "running",
      privateIp: "10.0.0.{digits:2}",
      privateDns: "ip-10-0-0-{digits:2}.{region}.compute.internal",
      primaryNetworkInterfaceId: "eni-{hex:17}",
      publicIp: (draft: Draft) =>
        draft.inputs.associatePublicIpAddress === true ? `203.0.113.${draft.digits(2)}` : "",
    },
    references: {
      subnetId: SUBNET,
      "vpcSecurityGroupIds[*]": SECURITY_GROUP,
      iamInstanceProfile: PROFILE,
      "launchTemplate.id": TEMPLATE,
    },
    loose: ["iamInstanceProfile", "launchTemplate.id"],
    sets: ["vpcSecurityGroupIds"],
    replaceOn: [
      ...[
        "ami",
        "subnetId",
        "availabilityZone",
        "keyName",
        "privateIp",
        "associatePublicIpAddress",
      ],
      ...["placementGroup", "tenancy", "rootBlockDevice.encrypted", "rootBlockDevice.kmsKeyId"],
      ...["ephemeralBlockDevices", "launchTemplate.id", "launchTemplate.version"],
    ],
    missing: "api error InvalidInstanceID.NotFound: The instance ID '{value}' does not exist",
    protection: (object: CloudObject) =>
      plain(object.outputs.disableApiTermination) === true
        ? `api error OperationNotPermitted: The instance '${object.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`
        : undefined,
    seconds: 20,
  },
  [TEMPLATE]: {
    name: { property: "name", prefixProperty: "namePrefix", max: 128 },
    id: "lt-{hex:17}",
    outputs: {
      arn: "arn:{partition}:ec2:{region}:{account}:launch-template/{id}",
      defaultVersion: 1,
      latestVersion: 1,
    },
    changing: ["latestVersion"],
    references: {
      "vpcSecurityGroupIds[*]": SECURITY_GROUP,
      "iamInstanceProfile.name": PROFILE,
      "blockDeviceMappings[*].ebs.kmsKeyId": KEY_ARN,
    },
    loose: ["blockDeviceMappings[*].ebs.kmsKeyId"],
    validate: badUserData,
    update: (_draft, old) => ({ latestVersion: Number(plain(old.outputs.latestVersion)) + 1 }),
    exists:
      "api error InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use.",
    missing:
      "api error InvalidLaunchTemplateId.NotFound: The specified launch template, with template ID {value}, does not exist.",
  },
  "aws:ec2/volumeAttachment:VolumeAttachment": {
    id: "vai-{digits:10}",
    references: { instanceId: INSTANCE, volumeId: VOLUME },
    loose: ["instanceId"],
    replaceOn: ["deviceName", "instanceId", "volumeId"],
    deleteBeforeReplace: true,
  },
};

function zoneOf(draft: Draft): string {
  const subnet = draft.cloud.find(SUBNET, draft.inputs.subnetId ?? "");
  return subnet === undefined ? `${draft.place.region}a` : plain(subnet.outputs.availabilityZone);
}

/** EC2 takes 16 KiB, in base64. */
function badUserData({ userData }: Plain): Failure[] {
  if (typeof userData !== "string") return [];
  const bytes = Buffer.from(userData, "base64").length;
  if (bytes <= 16_384) return [];
  return [
    { property: "userData", reason: `User data is limited to 16384 bytes, this is ${bytes}` },
  ];
}
