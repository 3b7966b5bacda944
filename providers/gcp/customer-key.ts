import type * as pulumi from "@pulumi/pulumi";
import { CryptoKey, CryptoKeyIAMMember, KeyRing } from "@pulumi/gcp/kms";
import { ServiceIdentity } from "@pulumi/gcp/projects";
import { foundation, rareApi, type Api } from "./foundation";
import { labels } from "./labels";
import { stemOf } from "./names";
import type { Scope } from "./scope";
import { settings } from "./settings";

/** A key of the stack's own, in its region. */
export interface CustomerKey {
  readonly id: pulumi.Output<string>;
  /** The product may use the key: whatever it encrypts depends on this. */
  readonly granted: pulumi.Resource;
}

const NINETY_DAYS = "7776000s";

/**
 * The service agent of a product. It is created only when it is first needed, so it is asked for by
 * name: a grant to nobody would be refused.
 */
export function agentOf(scope: Scope, product: Api | "pubsub"): pulumi.Output<string> {
  const { name, parent } = scope;
  const api = product === "pubsub" ? rareApi(scope, product) : foundation(scope).apis[product];
  const { project } = settings();
  const service = `${product}.googleapis.com`;
  return new ServiceIdentity(`${name}-agent`, { project, service }, { parent, dependsOn: [api] })
    .member;
}

/** Makes a key and lets a product's service agent use it. `keep`: it outlives the stack. */
export function customerKey(
  scope: Scope,
  agent: pulumi.Output<string>,
  keep: pulumi.CustomResourceOptions = {},
): CustomerKey {
  const { name, parent, environment } = scope;
  const { project, region } = settings();
  const { apis } = foundation(scope);
  // Key rings and keys can never be deleted, so their names are made by the engine, with a suffix.
  const ring = new KeyRing(
    stemOf(`${name}-keys`, environment, 63),
    { project, location: region },
    { parent, dependsOn: [apis.cloudkms], ...keep },
  );
  const key = new CryptoKey(
    `${name}-key`,
    {
      keyRing: ring.id,
      purpose: "ENCRYPT_DECRYPT",
      rotationPeriod: NINETY_DAYS,
      labels: labels(environment, name),
    },
    // Deleting a key destroys its versions, and with them every copy of what they encrypt.
    { parent, protect: environment.protected, ...keep },
  );
  const granted = new CryptoKeyIAMMember(
    `${name}-key-use`,
    {
      cryptoKeyId: key.id,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: agent,
    },
    { parent, ...keep },
  );
  return { id: key.id, granted };
}
