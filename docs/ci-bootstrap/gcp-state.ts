import { CryptoKey } from "@pulumi/gcp/kms/cryptoKey";
import { CryptoKeyIAMMember } from "@pulumi/gcp/kms/cryptoKeyIAMMember";
import { KeyRing } from "@pulumi/gcp/kms/keyRing";
import { Bucket } from "@pulumi/gcp/storage/bucket";
import { getProjectServiceAccountOutput } from "@pulumi/gcp/storage/getProjectServiceAccount";
import type * as pulumi from "@pulumi/pulumi";

export interface GcpPlace {
  readonly project: string;
  readonly region: string;
}

export interface StackState {
  readonly bucket: Bucket;
  readonly key: CryptoKey;
}

/** Days in which an overwritten or deleted state can be had back. */
const DAYS = 90;

const NINETY_DAYS = "7776000s";

/** A stack's own bucket and key: staging's identities then reach nothing of production's. */
export function stateOf(stack: string, { project, region }: GcpPlace): StackState {
  const name = `portolan-ci-${stack}`;
  // Without them nobody can deploy, roll back or even destroy.
  const kept: pulumi.CustomResourceOptions = { protect: true, retainOnDelete: true };
  const ring = new KeyRing(name, { name, location: region }, kept);
  const key = new CryptoKey(
    name,
    {
      name: "pulumi",
      keyRing: ring.id,
      rotationPeriod: NINETY_DAYS,
      labels: { "portolan-ci": stack },
    },
    kept,
  );
  // Storage's own agent encrypts; asking for it makes it, and so this is a look-up that a first preview skips.
  const agent = getProjectServiceAccountOutput({ project });
  const granted = new CryptoKeyIAMMember(
    `${name}-storage`,
    {
      cryptoKeyId: key.id,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: agent.member,
    },
    kept,
  );
  const bucket = new Bucket(
    name,
    {
      name: `${name}-${project}`,
      location: region,
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      versioning: { enabled: true },
      softDeletePolicy: { retentionDurationSeconds: DAYS * 24 * 3600 },
      encryption: { defaultKmsKeyName: key.id },
      lifecycleRules: [
        {
          action: { type: "Delete" },
          condition: { daysSinceNoncurrentTime: DAYS, withState: "ARCHIVED" },
        },
      ],
      forceDestroy: false,
      labels: { "portolan-ci": stack },
    },
    { ...kept, dependsOn: granted },
  );
  return { bucket, key };
}
