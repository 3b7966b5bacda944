import * as pulumi from "@pulumi/pulumi";
import { Problems } from "../../components/errors";

/** Where a stack lives, from the provider's own configuration: nothing is looked up. */
export interface Settings {
  /** Region in ARM's short form, e.g. `westeurope`. */
  readonly location: string;
  /** Subscription, so that ids of roles and scopes can be composed. */
  readonly subscriptionId: string;
  /** Directory whose identities the Key Vaults trust. */
  readonly tenantId: string;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the settings, and reports each one that is missing or cannot be right. */
export function readSettings(problems: Problems): Settings {
  const config = new pulumi.Config("azure-native");
  const guid = (key: string, what: string): string => {
    const value = config.get(key) ?? "";
    if (!GUID.test(value)) {
      const remedy = `set it with \`pulumi config set azure-native:${key} <guid>\``;
      const found = value === "" ? "is missing" : `"${value}" is no GUID`;
      problems.add(`azure-native:${key}`, `${found}; ${what}: ${remedy}`);
    }
    return value.toLowerCase();
  };
  const location = (config.get("location") ?? "").toLowerCase().replaceAll(" ", "");
  if (!/^[a-z]+[0-9]?$/.test(location)) {
    problems.add(
      "azure-native:location",
      `${location === "" ? "is missing" : `"${location}" is no region`}; set it with ` +
        "`pulumi config set azure-native:location westeurope`",
    );
  }
  return {
    location,
    subscriptionId: guid("subscriptionId", "ids of roles are composed from it"),
    tenantId: guid("tenantId", "the Key Vaults trust its identities"),
  };
}

/** The settings, for builders: `check` has reported what is wrong before. */
export function settings(): Settings {
  const problems = new Problems();
  const read = readSettings(problems);
  problems.throwIfAny();
  return read;
}
