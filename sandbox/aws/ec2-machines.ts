import type { CloudObject } from "../lib/store";
import type { Draft, TypeTable } from "../lib/table";
import { plain } from "../lib/values";

const INSTANCE = "aws:ec2/instance:Instance";
const SUBNET = "aws:ec2/subnet:Subnet";

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
      "vpcSecurityGroupIds[*]": "aws:ec2/securityGroup:SecurityGroup",
      iamInstanceProfile: "aws:iam/instanceProfile:InstanceProfile#name",
    },
    loose: ["iamInstanceProfile"],
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
      "ephemeralBlockDevices",
    ],
    missing: "api error InvalidInstanceID.NotFound: The instance ID '{value}' does not exist",
    protection: (object: CloudObject) =>
      plain(object.outputs.disableApiTermination) === true
        ? `api error OperationNotPermitted: The instance '${object.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`
        : undefined,
    seconds: 20,
  },
  "aws:ec2/volume:Volume": {
    id: "vol-{hex:17}",
    outputs: {
      arn: "arn:{partition}:ec2:{region}:{account}:volume/{id}",
      type: "gp2",
      encrypted: false,
    },
    references: { kmsKeyId: "aws:kms/key:Key#arn" },
    loose: ["kmsKeyId"],
    replaceOn: ["availabilityZone", "encrypted", "kmsKeyId", "snapshotId", "outpostArn"],
    missing: "api error InvalidVolume.NotFound: The volume '{value}' does not exist.",
    inUse: "api error VolumeInUse: Volume {id} is currently attached",
  },
  "aws:ec2/volumeAttachment:VolumeAttachment": {
    id: "vai-{digits:10}",
    references: { instanceId: INSTANCE, volumeId: "aws:ec2/volume:Volume" },
    loose: ["instanceId"],
    replaceOn: ["deviceName", "instanceId", "volumeId"],
    deleteBeforeReplace: true,
  },
};

function zoneOf(draft: Draft): string {
  const subnet = draft.cloud.find(SUBNET, draft.inputs.subnetId ?? "");
  return subnet === undefined ? `${draft.place.region}a` : plain(subnet.outputs.availabilityZone);
}
