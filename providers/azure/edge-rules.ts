import { Rule, RuleSet } from "@pulumi/azure-native/cdn";
import type { cdn } from "@pulumi/azure-native/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { Cors, HttpsEdgeSpec } from "../../components/https-edge";

type Action = cdn.DeliveryRuleResponseHeaderActionArgs;

/** One rule of a set, before it is a resource. */
interface Planned {
  readonly key: string;
  readonly actions: readonly Action[];
  readonly conditions: readonly cdn.DeliveryRuleRequestHeaderConditionArgs[];
}

/** Front Door takes five actions in a rule. */
const ACTIONS_PER_RULE = 5;

const header = (
  headerAction: "Overwrite" | "Append",
  headerName: string,
  value: string,
): Action => ({
  name: "ModifyResponseHeader",
  parameters: { typeName: "DeliveryRuleHeaderActionParameters", headerAction, headerName, value },
});

/** Overwritten, so that each header is sent once, whatever the application sends. */
export function headerRules(headers: Readonly<Record<string, string>>): Planned[] {
  const actions = Object.entries(headers).map(([name, value]) => header("Overwrite", name, value));
  const rules: Planned[] = [];
  for (let at = 0; at < actions.length; at += ACTIONS_PER_RULE) {
    const group = actions.slice(at, at + ACTIONS_PER_RULE);
    rules.push({ key: `headers${rules.length + 1}`, actions: group, conditions: [] });
  }
  return rules;
}

/** A rule per origin: the answer names the one origin that asked, and only if it may. */
export function corsRules(cors: Cors): Planned[] {
  return cors.origins.map((origin, index) => ({
    key: `cors${index + 1}`,
    conditions: [
      {
        name: "RequestHeader",
        parameters: {
          typeName: "DeliveryRuleRequestHeaderConditionParameters",
          selector: "Origin",
          operator: "Equal",
          matchValues: [origin],
        },
      },
    ],
    actions: [
      header("Overwrite", "Access-Control-Allow-Origin", origin),
      header("Append", "Vary", "Origin"),
      header("Overwrite", "Access-Control-Allow-Methods", cors.methods.join(", ")),
      header("Overwrite", "Access-Control-Allow-Headers", cors.headers.join(", ")),
      ...(cors.credentials
        ? [header("Overwrite", "Access-Control-Allow-Credentials", "true")]
        : []),
    ],
  }));
}

/** The rule set of all routes. Rules are made one by one: their order is part of the set. */
export function ruleSet(request: {
  readonly name: string;
  readonly spec: HttpsEdgeSpec;
  readonly profile: {
    readonly profileName: pulumi.Input<string>;
    readonly resourceGroupName: pulumi.Input<string>;
  };
  readonly parent: pulumi.ComponentResource;
}): { readonly sets: RuleSet[]; readonly rules: pulumi.Resource[] } {
  const { name, spec, profile, parent } = request;
  const planned = [...headerRules(spec.headers ?? {}), ...(spec.cors ? corsRules(spec.cors) : [])];
  if (planned.length === 0) return { sets: [], rules: [] };
  const set = new RuleSet(`${name}-headers`, { ...profile, ruleSetName: "headers" }, { parent });
  const rules: pulumi.Resource[] = [];
  for (const [index, { key, actions, conditions }] of planned.entries()) {
    const before = rules.at(-1);
    rules.push(
      new Rule(
        `${name}-${key}`,
        {
          ...profile,
          ruleSetName: set.name,
          ruleName: key,
          order: index + 1,
          matchProcessingBehavior: "Continue",
          conditions: [...conditions],
          actions: [...actions],
        },
        { parent, ...(before ? { dependsOn: [before] } : {}) },
      ),
    );
  }
  return { sets: [set], rules };
}
