import { containersOf } from "../../../lib/deployability/azure/workloads";
import { WORKLOADS } from "../../../lib/deployability/azure/types";
import { valuesAt } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { forTypes, undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

/** Where a scale rule names secrets, whatever kind of rule it is. */
const SCALE = ["custom", "http", "tcp", "azureQueue"].map((kind) => `${kind}.auth[].secretRef`);

export const rule = deployability({
  id: "azure-containerapp-secret-ref",
  title: "Secrets that containers name are secrets of the app, and have a value",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer: "ContainerAppSecretRefNotFound: SecretRef for the container not found.",
  },
  fix: "Name an entry of configuration.secrets, and give every entry a value, or keyVaultUrl and identity.",
  source: "https://learn.microsoft.com/azure/container-apps/manage-secrets",
  check: forTypes(WORKLOADS, (workload) => {
    const used = usedSecrets(workload);
    const secrets = workload.at("configuration.secrets");
    if (secrets.unknown) return used.length === 0 ? [] : [undecided(secrets)];
    return [...secrets.items.flatMap(checkSecret), ...checkUses(used, secrets)];
  }),
});

function usedSecrets(workload: Resource): Value[] {
  const rules = [
    ...workload.at("template.scale.rules").items,
    ...workload.at("configuration.eventTriggerConfig.scale.rules").items,
  ];
  return [
    ...containersOf(workload).flatMap((one) => valuesAt(one, "env[].secretRef")),
    ...valuesAt(workload.props, "configuration.registries[].passwordSecretRef"),
    ...valuesAt(workload.props, "template.volumes[].secrets[].secretRef"),
    ...rules.flatMap((one) => [
      ...valuesAt(one, "auth[].secretRef"),
      ...SCALE.flatMap((path) => valuesAt(one, path)),
    ]),
  ].filter((value) => value.text !== undefined && value.text !== "");
}

function checkUses(used: readonly Value[], secrets: Value): Report[] {
  const names = secrets.each.map((one) => (one.unknown ? one : one.at("name")));
  const known = new Set(names.map(({ text }) => text));
  const [unknown] = names.filter((name) => name.unknown);
  return used
    .filter(({ text }) => !known.has(text))
    .map((value) =>
      unknown === undefined
        ? {
            ...violation(value, `no entry of configuration.secrets is called "${value.text}"`),
            answer: `ContainerAppSecretRefNotFound: SecretRef '${value.text}' not found.`,
          }
        : undecided(unknown),
    );
}

function checkSecret(secret: Value): Report[] {
  const label = secret.at("name").text ?? secret.path;
  const answer = "ContainerAppSecretInvalid: a secret needs a value, or keyVaultUrl and identity.";
  const url = secret.at("keyVaultUrl");
  if (url.absent)
    return secret.at("value").present
      ? []
      : [{ ...violation(secret, `secret ${label} has neither value nor keyVaultUrl`), answer }];
  return secret.at("identity").present
    ? []
    : [{ ...violation(secret, `secret ${label} has a keyVaultUrl and no identity`), answer }];
}
