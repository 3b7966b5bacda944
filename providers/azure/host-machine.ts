import { Disk, DiskEncryptionSet, VirtualMachine } from "@pulumi/azure-native/compute";
import { NetworkInterface, type Subnet } from "@pulumi/azure-native/network";
import type * as pulumi from "@pulumi/pulumi";
import { PrivateKey } from "@pulumi/tls/privateKey";
import type { Environment } from "../../components/cloud";
import { fit } from "../../components/naming";
import type { NetworkAttachment } from "./attachments";
import { customerKey } from "./customer-key";
import { HOST_ADDRESS } from "./edge-gateway";
import { setupScript } from "./host-setup";
import { addressIn } from "./network-layout";
import { byProfile } from "./profile";
import { settings } from "./settings";
import { tagsOf } from "./tags";

interface Request {
  readonly name: string;
  readonly size: string;
  readonly dataGiB: number;
  readonly network: NetworkAttachment;
  readonly subnet: Subnet;
  readonly identityId: pulumi.Output<string>;
  readonly environment: Environment;
  readonly parent: pulumi.ComponentResource;
}

export interface Machine {
  readonly vm: VirtualMachine;
  /** Name that it gives itself: its logs carry it. */
  readonly computer: string;
  readonly address: string;
}

/** Ubuntu LTS; the newest build at the time the machine is made, patched by Azure from then on. */
const IMAGE = {
  publisher: "Canonical",
  offer: "ubuntu-24_04-lts",
  sku: "server",
  version: "latest",
};

/** A machine without a public address, and a data disk that survives it. */
export function machine(request: Request): Machine {
  const { name, size, network, subnet, environment, parent } = request;
  const place = { resourceGroupName: network.group.name, location: settings().location };
  const tags = tagsOf(environment);
  const computer = fit(`${environment.system}-${environment.stack}-${name}`, 63);
  const address = addressIn(network.layout.hosts, HOST_ADDRESS);
  const card = new NetworkInterface(
    `${name}-card`,
    {
      ...place,
      enableAcceleratedNetworking: true,
      ipConfigurations: [
        {
          name: "private",
          subnet: { id: subnet.id },
          privateIPAllocationMethod: "Static",
          privateIPAddress: address,
        },
      ],
      tags,
    },
    { parent },
  );
  const zones = network.zoneRedundant ? ["1"] : undefined;
  const encryption = diskKey(request, place);
  const data = new Disk(
    `${name}-data`,
    {
      ...place,
      creationData: { createOption: "Empty" },
      diskSizeGB: request.dataGiB,
      sku: { name: "Premium_LRS" },
      // Nobody exports it: copies are the backup's to make.
      networkAccessPolicy: "DenyAll",
      publicNetworkAccess: "Disabled",
      ...(zones ? { zones } : {}),
      ...(encryption
        ? {
            encryption: {
              type: "EncryptionAtRestWithCustomerKey",
              diskEncryptionSetId: encryption.id,
            },
          }
        : {}),
      tags,
    },
    { parent, protect: environment.protected },
  );
  const vm = new VirtualMachine(
    `${name}-machine`,
    {
      ...place,
      hardwareProfile: { vmSize: size },
      identity: { type: "UserAssigned", userAssignedIdentities: [request.identityId] },
      networkProfile: { networkInterfaces: [{ id: card.id, primary: true }] },
      osProfile: {
        computerName: computer,
        adminUsername: "portolan",
        customData: Buffer.from(setupScript()).toString("base64"),
        linuxConfiguration: {
          disablePasswordAuthentication: true,
          provisionVMAgent: true,
          // Azure makes no Linux machine without a key. Nobody uses it: the service is off, the port closed.
          ssh: {
            publicKeys: [
              {
                path: "/home/portolan/.ssh/authorized_keys",
                keyData: new PrivateKey(`${name}-unused-key`, { algorithm: "ED25519" }, { parent })
                  .publicKeyOpenssh,
              },
            ],
          },
          patchSettings: {
            patchMode: "AutomaticByPlatform",
            assessmentMode: "AutomaticByPlatform",
            automaticByPlatformSettings: { rebootSetting: "IfRequired" },
          },
        },
      },
      securityProfile: {
        encryptionAtHost: true,
        securityType: "TrustedLaunch",
        uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
      },
      storageProfile: {
        imageReference: IMAGE,
        osDisk: {
          createOption: "FromImage",
          deleteOption: "Delete",
          managedDisk: {
            storageAccountType: "Premium_LRS",
            ...(encryption ? { diskEncryptionSet: { id: encryption.id } } : {}),
          },
        },
        dataDisks: [
          {
            lun: 0,
            createOption: "Attach",
            deleteOption: "Detach",
            caching: "None",
            managedDisk: { id: data.id },
          },
        ],
      },
      diagnosticsProfile: { bootDiagnostics: { enabled: true } },
      ...(zones ? { zones } : {}),
      tags,
    },
    {
      parent,
      // Disk and address belong to one machine at a time.
      deleteBeforeReplace: true,
      replaceOnChanges: ["osProfile.customData"],
      customTimeouts: { create: "30m", update: "30m" },
    },
  );
  return { vm, computer, address };
}

/** The stack's own key for both disks, where the profile asks for one. */
function diskKey(
  { name, environment, parent }: Request,
  place: { readonly resourceGroupName: pulumi.Input<string>; readonly location: string },
): DiskEncryptionSet | undefined {
  if (!byProfile("customerKey", environment)) return undefined;
  const key = customerKey({ name: `${name}-disks`, environment, parent });
  return new DiskEncryptionSet(
    `${name}-disk-encryption`,
    {
      ...place,
      encryptionType: "EncryptionAtRestWithCustomerKey",
      activeKey: { keyUrl: key.uri },
      identity: { type: "UserAssigned", userAssignedIdentities: [key.identity.id] },
      tags: tagsOf(environment),
    },
    { parent, dependsOn: [key.ready], protect: environment.protected },
  );
}
