import { containersOf, ENVIRONMENT_TYPES } from "../../lib/containers/containers";
import { isSecretName, looksLikeSecret } from "../../lib/check/secret";
import { forTypes, undecided, violation, type Check, type Report, type Rule } from "../../lib/rule";
import type { Value } from "../../lib/value/value";

/** A variable is judged by its name, without its value, or by the shape of its value, whatever its name. */
function checkVariable(name: string, value: Value, owner: string): Report[] {
  if (value.absent || value.text === "") return [];
  if (value.text !== undefined && looksLikeSecret(value.text)) {
    return [violation(value, `${owner} is given a secret in the plain variable ${name}`)];
  }
  // An address with a user before an unknown part: the unknown part is the password.
  if (/:\/\/[^\s:/@]*:$/.test(value.prefix)) {
    return [violation(value, `${owner} is given a password in the plain variable ${name}`)];
  }
  if (!isSecretName(name) || isHarmless(value.text)) return [];
  return [violation(value, `${owner} is given ${name} as a plain variable`)];
}

/** Switches and pointers to a secret are no secrets. */
function isHarmless(text: string | undefined): boolean {
  if (text === undefined) return false;
  return (
    /^(true|false|[01]|none|null)$/i.test(text) ||
    /^(arn:aws|https:\/\/[^/]*vault|projects\/[^/]+\/secrets\/|\/)/.test(text)
  );
}

/** Maps and lists of settings of services that are no containers, with what they are called. */
const settingsOf =
  (...paths: string[]): Check =>
  (resource) =>
    paths.flatMap((path) => {
      const value = resource.at(path);
      if (value.unknown) return [undecided(value)];
      const pairs = value.isObject
        ? value.entries
        : value.items
            .filter((item) => item.at("type").absent || item.at("type").isWord("PLAINTEXT"))
            .map((item): [string, Value] => [item.at("name").text ?? "", item.at("value")]);
      return pairs.flatMap(([name, item]) => checkVariable(name, item, resource.name));
    });

export const rule: Rule = {
  id: "secret-in-environment",
  title: "Secrets reach workloads from a secret store, not as plain variables",
  severity: "high",
  category: "plaintext-secret",
  profile: "baseline",
  why: "Plain variables are shown by consoles, describe calls and crash reports to everybody who may look at the service.",
  fix: {
    aws: "Keep the value in Secrets Manager and name it under secrets[].valueFrom.",
    azure: "Keep the value in Key Vault and use secretRef (secureValue in container groups).",
    gcp: "Keep the value in Secret Manager and use valueSource.secretKeyRef.",
    docker:
      "Mount the value as a file (uploads, Swarm secrets) and give the program the file's path.",
  },
  controls: { nist: ["IA-5(7)", "SC-28", "AC-3"], cis: ["3.11", "16.11"] },
  check: {
    ...forTypes(Object.keys(ENVIRONMENT_TYPES), (resource) => {
      const { containers, unknown } = containersOf(resource);
      const lists = containers.flatMap(({ at }) =>
        ["environment", "env", "envs", "environmentVariables"].map((path) => at.at(path)),
      );
      return [
        ...unknown.map(undecided),
        ...lists.filter((list) => list.unknown).map(undecided),
        ...containers.flatMap(({ environment, label }) =>
          environment.flatMap(({ name, value }) => checkVariable(name, value, label)),
        ),
      ];
    }),
    "aws:codebuild/project:Project": settingsOf("environment.environmentVariables"),
    "azure-native:web:WebApp": settingsOf("siteConfig.appSettings"),
    "azure:appservice/linuxWebApp:LinuxWebApp": settingsOf("appSettings"),
    "gcp:cloudfunctionsv2/function:Function": settingsOf("serviceConfig.environmentVariables"),
    "gcp:cloudfunctions/function:Function": settingsOf("environmentVariables"),
  },
};
