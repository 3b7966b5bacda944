import { Graph } from "../../policy/lib/graph/graph";
import { makeResource } from "../../policy/lib/resource";
import type { Resource } from "../../policy/lib/resource";
import type { Context, Phase, Report, Rule } from "../../policy/lib/rule";
import { readSettings } from "../../policy/lib/settings";
import { UNKNOWN as POLICY_UNKNOWN } from "../../policy/lib/value/unknown";
import { CloudError } from "./table";
import type { Draft, Failure } from "./table";
import { isObject, plain, UNKNOWN } from "./values";
import type { Plain } from "./values";

/** Rules are asked with the settings they have by default. */
export const CONTEXT: Context = { settings: readSettings({}, []) };

/** Arguments that the real provider refuses while it checks them, found by the policy pack's own rules. */
export function refusedArguments(
  type: string,
  logicalName: string,
  rules: readonly Rule[],
  inputs: Plain,
): Failure[] {
  const resource = makeResource({ type, name: logicalName }, toPolicy(inputs));
  return rules.flatMap((rule) =>
    refusedAt("preview", rule, rule.check?.[resource.type]?.(resource, CONTEXT)).map((report) => ({
      property: report.path,
      reason: report.answer ?? `${report.message}: ${rule.fails?.answer ?? ""}`,
    })),
  );
}

/** What the cloud would answer to inputs, whatever else exists. */
export function answersTo(
  type: string,
  name: string,
  rules: readonly Rule[],
  inputs: Plain,
): string[] {
  const resource = makeResource({ type, name }, toPolicy(inputs));
  return rules.flatMap((rule) =>
    violations(rule.check?.[resource.type]?.(resource, CONTEXT) ?? []).map(
      ({ answer, message }) => `${answer ?? rule.fails?.answer ?? ""} (${message})`,
    ),
  );
}

/** Throws the cloud's error if a rule finds that the cloud would refuse the draft as things stand in it. */
export function refuse(rules: readonly Rule[], draft: Draft): void {
  if (rules.length === 0) return;
  const resource = makeResource(
    { type: draft.type, name: draft.logicalName, urn: draft.urn, id: draft.id },
    toPolicy(draft.inputs),
    toPolicy(draft.outputs),
  );
  let graph: Graph | undefined;
  for (const rule of rules) {
    const found = refusedAt("create", rule, rule.check?.[resource.type]?.(resource, CONTEXT));
    if (rule.checkStack?.types.includes(resource.type) === true) {
      graph ??= new Existing(resource, draft);
      const reports = rule.checkStack.run(graph, CONTEXT);
      const own = reports.filter((report) => report.resource === resource);
      found.push(...refusedAt("create", rule, own));
    }
    const [first] = found;
    if (first !== undefined) throw new CloudError(first.answer ?? rule.fails?.answer);
  }
}

/** The cloud as it stands, and what is to be made next: all that exists was there before. */
class Existing extends Graph {
  constructor(draft: Resource, { cloud, urn }: Draft) {
    const others = cloud.everything().filter((object) => object.urn !== urn || urn === "");
    super([
      draft,
      ...others.map(({ type, id, urn: other, inputs, outputs }) =>
        makeResource(
          { type, id, urn: other === "" ? `planted:${type}:${id}` : other, name: other },
          toPolicy(plain(inputs)),
          toPolicy(plain(outputs)),
        ),
      ),
    ]);
  }

  override closure(resource: Resource): ReadonlySet<Resource> {
    return new Set(this.resources.filter((other) => other !== resource));
  }
}

/** Reports that are certain. */
export function violations(reports: readonly Report[]): Report[] {
  return reports.filter(({ verdict }) => verdict === "violation");
}

/** What a rule finds that shows at this time; what shows later the cloud accepts. */
function refusedAt(phase: Phase, rule: Rule, reports: readonly Report[] = []): Report[] {
  return violations(reports).filter(({ when }) => (when ?? rule.fails?.when) === phase);
}

/** Plain properties as rules read them. */
function toPolicy(value: Plain): unknown {
  if (value === UNKNOWN) return POLICY_UNKNOWN;
  if (Array.isArray(value)) return value.map(toPolicy);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPolicy(item)]));
}
