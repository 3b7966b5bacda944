import { Rule, RuleSet } from "@pulumi/azure-native/cdn";
import type { cdn } from "@pulumi/azure-native/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { Cors, HttpsEdgeSpec } from "../../components/https-edge";
import { alphanumeric } from "./names";

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

/** A set of rules, and what a route that uses it waits for. */
export interface Rules {
  readonly set: RuleSet;
  readonly rules: readonly pulumi.Resource[];
}

interface SetRequest {
  readonly name: string;
  /** What the set is for, letters and digits: part of the names of its rules. */
  readonly role: string;
  readonly planned: readonly Planned[];
  readonly profile: {
    readonly profileName: pulumi.Input<string>;
    readonly resourceGroupName: pulumi.Input<string>;
  };
  readonly parent: pulumi.ComponentResource;
}

/** A set of the planned rules; none for none. Made one by one: their order is part of the set. */
export function ruleSet(request: SetRequest): Rules | undefined {
  const { name, role, planned, profile, parent } = request;
  if (planned.length === 0) return undefined;
  const set = new RuleSet(`${name}-${role}`, { ...profile, ruleSetName: role }, { parent });
  const rules: pulumi.Resource[] = [];
  for (const [index, { key, actions, conditions }] of planned.entries()) {
    const before = rules.at(-1);
    rules.push(
      new Rule(
        `${name}-${role === "headers" ? "" : `${role}-`}${key}`,
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
  return { set, rules };
}

/** The set of all routes, and one for each backend that has headers of its own. */
export function ruleSets(
  request: Omit<SetRequest, "role" | "planned"> & { readonly spec: HttpsEdgeSpec },
): { readonly all: readonly Rules[]; readonly byBackend: Readonly<Record<string, Rules>> } {
  const { spec } = request;
  const common = ruleSet({
    ...request,
    role: "headers",
    planned: [...headerRules(spec.headers ?? {}), ...(spec.cors ? corsRules(spec.cors) : [])],
  });
  const own = Object.entries(spec.backends).flatMap(([backend, { headers = {} }]) => {
    const role = `headers${alphanumeric(backend)}`;
    const rules = ruleSet({ ...request, role, planned: headerRules(headers) });
    return rules ? [[backend, rules] as const] : [];
  });
  return { all: common ? [common] : [], byBackend: Object.fromEntries(own) };
}
