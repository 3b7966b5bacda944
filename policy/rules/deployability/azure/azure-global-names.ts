import {
  REGISTRY,
  STORAGE,
  VAULT,
  VAULT_SECRET,
  WAF_POLICY,
} from "../../../lib/deployability/azure/types";
import { deployability } from "../../../lib/deployability/rule";
import { physicalName } from "../../../lib/deployability/values";
import { undecided, violation, type Check } from "../../../lib/rule";

interface Naming {
  readonly property: string;
  readonly pattern: RegExp;
  readonly what: string;
  readonly answer: string;
}

const NAMES: Readonly<Record<string, Naming>> = {
  [STORAGE]: {
    property: "accountName",
    pattern: /^[a-z0-9]{3,24}$/,
    what: "3 to 24 lower-case letters and digits",
    answer:
      "AccountNameInvalid: storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.",
  },
  [REGISTRY]: {
    property: "registryName",
    pattern: /^[A-Za-z0-9]{5,50}$/,
    what: "5 to 50 letters and digits",
    answer: "RegistryNameInvalid: registry names are 5 to 50 letters and digits.",
  },
  [VAULT]: {
    property: "vaultName",
    pattern: /^[A-Za-z](?!.*--)[A-Za-z0-9-]{1,22}[A-Za-z0-9]$/,
    what: "3 to 24 letters, digits and single hyphens, beginning with a letter",
    answer:
      "VaultNameNotValid: The vault name is invalid. A vault's name must be between 3-24 alphanumeric characters.",
  },
  [VAULT_SECRET]: {
    property: "secretName",
    pattern: /^[A-Za-z0-9-]{1,127}$/,
    what: "1 to 127 letters, digits and hyphens",
    answer: "BadParameter: secret names are 1 to 127 letters, digits and hyphens.",
  },
  [WAF_POLICY]: {
    property: "policyName",
    pattern: /^[A-Za-z][A-Za-z0-9]{0,127}$/,
    what: "letters and digits",
    answer: "BadRequest: policy names are letters and digits, beginning with a letter.",
  },
};

/** What the provider adds to a logical name. */
const SUFFIX = "0".repeat(8);

const checkName =
  ({ property, pattern, what, answer }: Naming): Check =>
  (resource) => {
    const name = physicalName(resource, property);
    if (name === undefined) return [undecided(resource.at(property))];
    if (name.kind === "given")
      return pattern.test(name.text)
        ? []
        : [{ ...violation(name.at, `"${name.text}" is not ${what}`), answer }];
    if (name.text === "" || pattern.test(name.text + SUFFIX)) return [];
    const message = `the logical name "${name.text}" and eight digits behind it are not ${what}`;
    return [{ ...violation(name.at, message), answer }];
  };

export const rule = deployability({
  id: "azure-global-names",
  title: "Names of stores, registries, vaults and firewalls are of the kind Azure takes",
  fails: {
    when: "create",
    effect: "error",
    answer: "AccountNameInvalid, RegistryNameInvalid or VaultNameNotValid.",
  },
  fix: "Use the letters and the length of the service; leave room for the eight digits the provider adds to a logical name.",
  source: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules",
  check: Object.fromEntries(
    Object.entries(NAMES).map(([type, naming]) => [type, checkName(naming)]),
  ),
});
