import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import type { NetworkAttachment, SecretAttachment } from "./attachments";
import { privateEndpoint } from "./private-endpoint";

const ENDPOINTS = new WeakMap<pulumi.Resource, pulumi.Resource>();

/**
 * Private ways to the vaults of these secrets. A vault is made without knowing the network; its
 * endpoint belongs to the network and is made once, by whoever reads the first secret.
 */
export function vaultEndpoints(
  secrets: Record<string, SecretAttachment>,
  network: NetworkAttachment,
  environment: Environment,
): pulumi.Resource[] {
  const vaults = new Set(Object.values(secrets).flatMap(({ vault }) => vault ?? []));
  return [...vaults].map((vault) => {
    let ready = ENDPOINTS.get(vault);
    if (!ready) {
      ready = privateEndpoint({
        name: "secrets-vault",
        service: "vault",
        target: vault.id,
        network,
        environment,
        parent: network.component,
      });
      ENDPOINTS.set(vault, ready);
    }
    return ready;
  });
}
