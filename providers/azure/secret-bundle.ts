import { Secret } from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  SecretBundleLinks,
  SecretBundleOutputs,
  SecretBundleSpec,
  SecretRef,
} from "../../components/secret-bundle";
import type { SecretAttachment } from "./attachments";
import { resourceGroup } from "./resource-group";
import { tagsOf } from "./tags";
import { keyVault } from "./vault";

const describe: Parity<SecretBundleSpec> = {
  entries:
    "secrets in a Key Vault of the stack, with roles per secret, soft delete, and purge protection " +
    "where the stack is protected; containers refer to them without a version. An existing one is " +
    "given by its resource id (/subscriptions/…/vaults/<vault>/secrets/<name>)",
  customerKey: {
    unsupported:
      "Key Vault always encrypts with keys of its own hardware and takes no other; leave it out",
  },
};

/** ARM id of a secret that exists already. */
const EXISTING =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.KeyVault\/vaults\/([A-Za-z0-9-]{3,24})\/secrets\/([A-Za-z0-9-]{1,127})$/i;

function resolve(spec: SecretBundleSpec, { path, problems }: ResolveContext): SecretBundleSpec {
  for (const [entry, source] of Object.entries(spec.entries)) {
    if (!/^[a-z0-9]([a-z0-9-]{0,125}[a-z0-9])?$/.test(entry)) {
      problems.add(
        `${path}.entries.${entry}`,
        "is no name; use lower-case letters, digits, hyphens",
      );
    }
    if (source.kind === "existing" && !EXISTING.test(source.id)) {
      problems.add(
        `${path}.entries.${entry}`,
        `"${source.id}" is no id of a Key Vault secret; give ` +
          "/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.KeyVault/vaults/<vault>/secrets/<name>",
      );
    }
  }
  return spec;
}

function build(request: BuildRequest<SecretBundleSpec, SecretBundleLinks>): SecretBundleOutputs {
  const { name, spec, links, parent, environment } = request;
  const group = resourceGroup(environment, parent);
  const vault = keyVault({
    name,
    environment,
    group,
    options: { parent },
    purgeProtection: environment.protected,
  });
  const refs: Record<string, SecretRef> = {};
  for (const [entry, source] of Object.entries(spec.entries)) {
    if (source.kind === "existing") {
      refs[entry] = { name: entry, attachment: existing(source.id) };
      continue;
    }
    const secret = new Secret(
      `${name}-${entry}`,
      {
        secretName: entry,
        vaultName: vault.name,
        resourceGroupName: group.name,
        properties: {
          value: pulumi.secret(links.values[entry] ?? ""),
          attributes: { enabled: true },
        },
        tags: tagsOf(environment),
      },
      { parent, additionalSecretOutputs: ["properties.value"] },
    );
    const attachment: SecretAttachment = {
      cloud: "azure",
      secret,
      vault,
      scope: secret.id,
      url: secret.properties.secretUri,
    };
    refs[entry] = { name: entry, attachment };
  }
  return { refs };
}

function existing(id: string): SecretAttachment {
  const [, vault = "", secret = ""] = EXISTING.exec(id) ?? [];
  return {
    cloud: "azure",
    scope: pulumi.output(id),
    url: pulumi.output(`https://${vault.toLowerCase()}.vault.azure.net/secrets/${secret}`),
  };
}

export const secretBundle = builder({ cloud: "azure", describe, resolve, build });
