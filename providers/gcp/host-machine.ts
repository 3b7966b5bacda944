import { Address, Disk, Instance } from "@pulumi/gcp/compute";
import type * as pulumi from "@pulumi/pulumi";
import type { NetworkAttachment } from "./attachments";
import type { CustomerKey } from "./customer-key";
import { HTTPS_TAG, openTo } from "./firewall";
import { foundation } from "./foundation";
import { BACKUPS_KEY } from "./host-backup";
import { DISK, RELEASE_KEY, setupScript } from "./host-setup";
import type { Identity } from "./identity";
import { labels } from "./labels";
import { stemOf } from "./names";
import type { Scope } from "./scope";
import { settings } from "./settings";

/** Ubuntu LTS: the newest build at the time the machine is made; it patches itself from then on. */
const IMAGE = "projects/ubuntu-os-cloud/global/images/family/ubuntu-2404-lts-amd64";

export interface MachineOptions {
  readonly machineType: string;
  readonly dataGiB: number;
  readonly network: NetworkAttachment;
  readonly tag: string;
  readonly identity: Identity;
  readonly key: CustomerKey | undefined;
  readonly release: pulumi.Output<string>;
  /** Bucket of its backups. */
  readonly backups: pulumi.Output<string>;
  readonly ready: readonly pulumi.Resource[];
}

export interface Machine {
  readonly instance: Instance;
  readonly address: pulumi.Output<string>;
  readonly zone: string;
}

/** Every region has a zone of this letter. */
export const zoneOf = (region: string): string => `${region}-b`;

/** A machine without a public address that can be thrown away, and a disk that stays. */
export function machine(scope: Scope, options: MachineOptions): Machine {
  const { name, parent, environment } = scope;
  const { network, tag, key } = options;
  const { project, region } = settings();
  const zone = zoneOf(region);
  const made = { parent, dependsOn: [foundation(scope).apis.compute] };
  const tagged = labels(environment, name);
  const address = new Address(
    `${name}-address`,
    { project, region, subnetwork: network.subnetwork.id, addressType: "INTERNAL", labels: tagged },
    made,
  );
  const data = new Disk(
    stemOf(`${name}-data`, environment, 63),
    {
      project,
      zone,
      size: options.dataGiB,
      type: "pd-balanced",
      ...(key ? { diskEncryptionKey: { kmsKeySelfLink: key.id } } : {}),
      labels: tagged,
    },
    {
      parent,
      dependsOn: [foundation(scope).apis.compute, ...(key ? [key.granted] : [])],
      protect: environment.protected,
    },
  );
  openTo(scope, network.network, tag, {
    role: "packages",
    range: "0.0.0.0/0",
    port: 80,
    description: "The distribution's packages, which are signed; containers are closed on the host",
  });
  const instance = new Instance(
    stemOf(name, environment, 63),
    {
      project,
      zone,
      machineType: options.machineType,
      allowStoppingForUpdate: true,
      bootDisk: {
        initializeParams: { image: IMAGE, size: 20, type: "pd-balanced" },
        ...(key ? { kmsKeySelfLink: key.id } : {}),
      },
      attachedDisks: [{ source: data.selfLink, deviceName: DISK }],
      networkInterfaces: [
        {
          network: network.network.id,
          subnetwork: network.subnetwork.id,
          networkIp: address.address,
        },
      ],
      serviceAccount: { email: options.identity.email, scopes: ["cloud-platform"] },
      shieldedInstanceConfig: {
        enableSecureBoot: true,
        enableVtpm: true,
        enableIntegrityMonitoring: true,
      },
      tags: [tag, HTTPS_TAG],
      // A change of it replaces the machine.
      metadataStartupScript: setupScript(),
      metadata: {
        "enable-oslogin": "TRUE",
        "block-project-ssh-keys": "TRUE",
        "serial-port-enable": "FALSE",
        "enable-guest-attributes": "TRUE",
        [RELEASE_KEY]: options.release,
        [BACKUPS_KEY]: options.backups,
      },
      labels: tagged,
    },
    {
      parent,
      dependsOn: [options.identity.account, ...options.ready],
      // Disk and address belong to one machine at a time.
      deleteBeforeReplace: true,
      customTimeouts: { create: "20m", update: "20m" },
    },
  );
  return { instance, address: address.address, zone };
}
