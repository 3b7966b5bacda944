import { GOVERNANCE } from "./governance";
import type { Rule } from "./rule";
import { SETTINGS } from "./settings";

/** The JSON schema of a config file: a level or an object per rule, and the settings. */
export function configSchema(rules: readonly Rule[]): object {
  const level = { enum: ["advisory", "mandatory", "disabled"] };
  const entry = {
    oneOf: [
      level,
      {
        type: "object",
        properties: { enforcementLevel: level },
        required: ["enforcementLevel"],
        additionalProperties: false,
      },
    ],
  };
  const settings = Object.entries(SETTINGS).map(([key, setting]) => [
    key,
    { ...setting.schema, description: setting.doc, default: setting.fallback },
  ]);
  const ids = [...rules, ...GOVERNANCE].map((rule) => [
    rule.id,
    { allOf: [{ $ref: "#/definitions/entry" }], description: rule.title },
  ]);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Config of Portolan's policy pack (pulumi --policy-pack-config)",
    type: "object",
    properties: {
      all: {
        allOf: [{ $ref: "#/definitions/entry" }],
        description: "The level of every rule that is not named.",
      },
      settings: {
        type: "object",
        properties: Object.fromEntries(settings),
        additionalProperties: false,
      },
      ...Object.fromEntries(ids),
    },
    additionalProperties: false,
    definitions: { entry },
  };
}
