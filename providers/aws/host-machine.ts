import { Volume } from "@pulumi/aws/ebs/volume";
import { Instance } from "@pulumi/aws/ec2/instance";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate";
import type { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { VolumeAttachment } from "@pulumi/aws/ec2/volumeAttachment";
import { InstanceProfile } from "@pulumi/aws/iam/instanceProfile";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import type * as pulumi from "@pulumi/pulumi";
import type { NetworkAttachment } from "./attachments";
import { setupScript, type HostSetup } from "./host-setup";
import { allow, serviceRole, type Statement } from "./identity";
import type { Scope } from "./scope";
import { zoneNames } from "./subnets";

/** The newest Amazon Linux 2023, found by EC2 when it starts the machine: nothing is looked up. */
const IMAGE = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";

/** Session tokens only, and one hop: no container gets at the machine's credentials. */
const METADATA = {
  httpEndpoint: "enabled",
  httpTokens: "required",
  httpPutResponseHopLimit: 1,
  instanceMetadataTags: "disabled",
};

export interface MachineOptions {
  readonly network: NetworkAttachment;
  readonly group: SecurityGroup;
  readonly instanceType: string;
  readonly dataGiB: number;
  readonly keyArn: pulumi.Output<string>;
  readonly setup: Omit<HostSetup, "volumeId">;
  readonly statements: readonly Statement[];
  /** What the machine's first boot needs. */
  readonly ready: readonly pulumi.Resource[];
}

export interface Machine {
  readonly instance: Instance;
  readonly ready: readonly pulumi.Resource[];
}

/**
 * A machine that can be thrown away, and a disk that stays. A changed set-up replaces the machine:
 * the old one is stopped and gives its disk to the new one, so that there are never two of them.
 */
export function machine(scope: Scope, options: MachineOptions): Machine {
  const { name, child, environment } = scope;
  const { network, keyArn } = options;
  const [zone = ""] = zoneNames(scope.region, network.privateSubnets.length);
  const data = new Volume(
    `${name}-data`,
    {
      availabilityZone: zone,
      size: options.dataGiB,
      type: "gp3",
      encrypted: true,
      kmsKeyId: keyArn,
      finalSnapshot: environment.protected,
      tags: scope.named("data"),
    },
    { ...child, protect: environment.protected },
  );
  const template = new LaunchTemplate(
    `${name}-machine`,
    {
      description: `Machine of ${name}`,
      imageId: IMAGE,
      metadataOptions: METADATA,
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeSize: 20, volumeType: "gp3", encrypted: "true", kmsKeyId: keyArn },
        },
      ],
      userData: data.id.apply((volumeId) =>
        Buffer.from(setupScript({ ...options.setup, volumeId })).toString("base64"),
      ),
      tags: scope.tags,
    },
    child,
  );
  const { profile, ready } = identity(scope, options.statements);
  const instance = new Instance(
    `${name}-machine`,
    {
      launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
      instanceType: options.instanceType,
      subnetId: network.privateSubnets[0] as pulumi.Output<string>,
      vpcSecurityGroupIds: [options.group.id],
      associatePublicIpAddress: false,
      iamInstanceProfile: profile.name,
      metadataOptions: METADATA,
      tags: scope.named("machine"),
    },
    {
      ...child,
      dependsOn: [...options.ready, ready],
      deleteBeforeReplace: true,
      customTimeouts: { create: "20m", delete: "20m" },
    },
  );
  const attached = new VolumeAttachment(
    `${name}-data`,
    {
      deviceName: "/dev/sdf",
      instanceId: instance.id,
      volumeId: data.id,
      // Detached under a running engine, it would lose what is not written yet.
      stopInstanceBeforeDetaching: true,
    },
    { ...child, deleteBeforeReplace: true },
  );
  return { instance, ready: [attached, ready] };
}

/** What the machine itself is. Its agent is reached by Session Manager; no port is open for it. */
function identity(
  scope: Scope,
  statements: readonly Statement[],
): { readonly profile: InstanceProfile; readonly ready: pulumi.Resource } {
  const { name, child, tags } = scope;
  const role = serviceRole(scope, `${name}-machine`, "ec2.amazonaws.com");
  const ready = new RolePolicy(
    `${name}-machine`,
    {
      role: role.name,
      policy: allow([
        {
          // The channels of Systems Manager know no resource.
          actions: [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
          ],
          resources: ["*"],
        },
        {
          actions: ["ssm:UpdateInstanceInformation"],
          resources: [scope.arn("ec2", "instance/*")],
        },
        ...statements,
      ]),
    },
    child,
  );
  const profile = new InstanceProfile(
    `${name}-machine`,
    { role: role.name, tags, ...(scope.limits && { path: scope.limits.path }) },
    child,
  );
  return { profile, ready };
}
