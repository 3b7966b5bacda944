import { CacheRule } from "@pulumi/azure-native/containerregistry";
import * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import { fit } from "../../components/naming";
import type { ImageAttachment } from "./attachments";
import { knownAfter } from "./known";
import { stackRegistry } from "./registry";
import { resourceGroup } from "./resource-group";

/** Registries that a registry of Azure can pull through. Product documentation, 2026-02. */
const UPSTREAMS = ["docker.io", "ghcr.io", "public.ecr.aws", "quay.io", "registry.k8s.io"];

export interface ForeignReference {
  /** Registry and repository, e.g. `docker.io/library/postgres`. */
  readonly repository: string;
  /** `:tag` or `@sha256:…`, with what stands before it. */
  readonly suffix: string;
}

/** Takes a reference apart, with what Docker adds to short ones. */
export function foreignReference(reference: string): ForeignReference {
  const [, path = reference, suffix = ""] =
    /^([^@]+?)((?::[^:/@]+)?(?:@sha256:[0-9a-f]+)?)$/.exec(reference) ?? [];
  const [first = "", ...rest] = path.split("/");
  if (rest.length > 0 && /[.:]|^localhost$/.test(first)) return { repository: path, suffix };
  return { repository: `docker.io/${rest.length === 0 ? `library/${path}` : path}`, suffix };
}

const RULES = new WeakMap<Environment, Map<string, CacheRule>>();

/**
 * Somebody else's image, pulled through the stack's registry: containers without a way to the
 * internet get it, and the upstream's limits are met once. From other registries it comes directly.
 */
export function foreignImage(
  reference: string,
  environment: Environment,
  parent: pulumi.ComponentResource,
): ImageAttachment & { readonly reference: pulumi.Output<string> } {
  const { repository, suffix } = foreignReference(reference);
  const upstream = repository.split("/")[0] ?? "";
  if (!UPSTREAMS.includes(upstream)) return { cloud: "azure", reference: pulumi.output(reference) };
  const { registry, server } = stackRegistry(environment, parent);
  const rules = RULES.get(environment) ?? new Map<string, CacheRule>();
  RULES.set(environment, rules);
  const target = `cache/${repository.replaceAll(".", "-")}`;
  let ready = rules.get(repository);
  if (!ready) {
    const key = fit(repository.replace(/[^a-z0-9]+/g, "-"), 50);
    ready = new CacheRule(
      `registry-${key}`,
      {
        cacheRuleName: key,
        registryName: registry.name,
        resourceGroupName: resourceGroup(environment, parent).name,
        sourceRepository: repository,
        targetRepository: target,
      },
      { parent },
    );
    rules.set(repository, ready);
  }
  const cached = knownAfter(ready, `${server}/${target}${suffix}`);
  return { cloud: "azure", registry, ready, reference: cached };
}
