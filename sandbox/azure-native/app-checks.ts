import { CloudError } from "../lib/table";
import type { Draft } from "../lib/table";
import { UNKNOWN } from "../lib/values";
import type { Plain } from "../lib/values";
import { isGranted } from "./shared";

interface Failure {
  property: string;
  reason: string;
}

/** What Container Apps refuses in an app or a job by its inputs alone. */
export function workloadFailures(inputs: Plain): Failure[] {
  const failures: Failure[] = [];
  const add = (property: string, reason: string): void => void failures.push({ property, reason });
  const containers: Plain[] = inputs.template?.containers ?? [];
  // The SDK fills in defaults, so the whole configuration is unknown as soon as one value is.
  const known = inputs.configuration !== UNKNOWN;
  const secrets: Plain[] = inputs.configuration?.secrets ?? [];
  if (
    Array.isArray(containers) &&
    (inputs.workloadProfileName ?? "Consumption") === "Consumption"
  ) {
    const cpu = sum(containers.map((one) => one?.resources?.cpu));
    const gib = sum(
      containers.map((one) => Number(/^([0-9.]+)Gi$/.exec(one?.resources?.memory)?.[1])),
    );
    const fits = cpu * 4 === Math.round(cpu * 4) && gib === 2 * cpu && cpu <= 4;
    if (Number.isFinite(cpu) && Number.isFinite(gib) && cpu > 0 && !fits) {
      add(
        "template.containers",
        `ContainerAppInvalidResourceTotal: The total requested CPU and memory resources (CPU: ${cpu}, memory: ${gib}) is invalid.`,
      );
    }
  }
  if (known && Array.isArray(secrets) && Array.isArray(containers)) {
    const names = secrets.map((secret) => secret?.name);
    for (const { secretRef } of containers.flatMap((one) => one?.env ?? [])) {
      if (typeof secretRef === "string" && !names.includes(secretRef)) {
        add(
          "template.containers",
          `ContainerAppSecretRefNotFound: SecretRef '${secretRef}' not found.`,
        );
      }
    }
  }
  return failures;
}

const sum = (values: Plain[]): number =>
  values.reduce((total, value) => total + Number(value ?? Number.NaN), 0);

/** What only the cloud knows: whether the identities it is to use may do so. */
export function refuseUngranted({ inputs, cloud }: Draft): void {
  const attached: Plain[] = inputs.identity?.userAssignedIdentities ?? [];
  const { secrets = [], registries = [] } = inputs.configuration ?? {};
  for (const { identity, keyVaultUrl, name } of secrets) {
    if (keyVaultUrl === undefined) continue;
    refuseUnattached(identity, attached);
    const stored = cloud
      .all("azure-native:keyvault:Secret")
      .find(({ outputs }) => (outputs.properties as Plain)?.secretUri === keyVaultUrl);
    if (stored !== undefined && !isGranted(cloud, identity, stored.id)) {
      throw new CloudError(
        "InvalidParameterValueInContainerTemplate: Field 'configuration.secrets' is invalid with details: " +
          `Unable to get value using Managed identity ${identity} for secret ${name}.`,
      );
    }
  }
  for (const { server, identity } of registries) {
    refuseUnattached(identity, attached);
    const registry = cloud.find("azure-native:containerregistry:Registry", server, "loginServer");
    if (registry !== undefined && !isGranted(cloud, identity, registry.id)) {
      throw new CloudError(
        "InvalidParameterValueInContainerTemplate: Field 'template.containers.image' is invalid with details: " +
          `UNAUTHORIZED: authentication required (${server})`,
      );
    }
  }
}

function refuseUnattached(identity: Plain, attached: readonly Plain[]): void {
  if (identity === undefined || identity === "system" || attached.includes(identity)) return;
  throw new CloudError(`managed identity '${identity}' is not assigned to the container app`);
}
