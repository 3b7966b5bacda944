import { allRules } from "../../policy/lib/rules";
import { configSchema } from "../../policy/lib/schema";

export const target = "policy/config/schema.json";

/** The schema editors and the tests check config files against. */
export function render(): Promise<string> {
  return Promise.resolve(JSON.stringify(configSchema(allRules())));
}
