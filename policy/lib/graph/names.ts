import type { Resource } from "../resource";

/** Outputs that are unique wherever they appear. */
export const IDENTITIES = [
  "id",
  "arn",
  "selfLink",
  "principalId",
  "loginServer",
  "properties.secretUri",
  "configuration.ingress.fqdn",
];

/** Properties that name a resource among those of its type. */
export const NAMES = [
  "name",
  "bucket",
  "identifier",
  "clusterIdentifier",
  "replicationGroupId",
  "serverName",
  "accountName",
  "vaultName",
  "registryName",
  "profileName",
  "networkSecurityGroupName",
  "virtualNetworkName",
  "privateZoneName",
  "privateEndpointName",
  "environmentName",
  "originGroupName",
  "endpointName",
  "clusterName",
  "containerName",
  "accountId",
  "repositoryId",
  "secretId",
  "url",
  "endpoint",
  "address",
];

/**
 * Which of some resources a text names: the one whose physical name or id ends it, else the only one whose names are not
 * known. The text comes from a property that was made from these resources.
 */
export function namedBy(text: string, candidates: readonly Resource[]): Resource | undefined {
  if (candidates.length === 0) return undefined;
  const last = text.split(/[/:]/).at(-1) ?? text;
  const byName = candidates.filter((candidate) => namesOf(candidate).includes(last));
  if (byName.length > 0) return byName.length === 1 ? byName[0] : undefined;
  const nameless = candidates.filter((candidate) => namesOf(candidate).length === 0);
  return nameless.length === 1 ? nameless[0] : undefined;
}

function namesOf(resource: Resource): string[] {
  const names = [resource.outputs, resource.props].flatMap((properties) =>
    properties.entries
      .filter(([key]) => key === "name" || key.endsWith("Name"))
      .flatMap(([, value]) => value.text ?? []),
  );
  return resource.id === undefined ? names : [...names, resource.id];
}

/**
 * Texts that name nothing, even if ids the engine hides are told by what the property was made from: first by the names
 * of those resources, then, of plain ids that no output holds, one for each of them. What is named joins `found`.
 */
export function unnamed(
  texts: readonly string[],
  made: readonly Resource[],
  found: Set<Resource>,
): string[] {
  const candidates = made.filter((each) => !found.has(each));
  const strange = texts.filter((text) => {
    const target = namedBy(text, candidates);
    if (target !== undefined) found.add(target);
    return target === undefined;
  });
  const ids = strange.filter((text) => /^[\w.-]+$/.test(text));
  if (ids.length === 0) return strange;
  for (const target of candidates) {
    if (target.id !== undefined || found.has(target)) continue;
    found.add(target);
    const id = ids.pop();
    if (id !== undefined) strange.splice(strange.indexOf(id), 1);
  }
  return strange;
}
