import { evaluate } from "../../../policy/lib/evaluate";
import type { PlainResource } from "../../../policy/lib/resource";
import { allRules } from "../../../policy/lib/rules";
import { AWS } from "./aws";
import { AZURE } from "./azure";
import { DOCKER } from "./docker";
import { GCP } from "./gcp";
import type { Spoils } from "./row";
import { spoiled } from "./spoil";

const CLOUDS: readonly Spoils[] = [AWS, AZURE, GCP, DOCKER];

/** The engine's own protection makes up for the cloud's, so it goes with it. */
const UNGUARDED = { protect: false };

/** Rules on the customer's own keys are off unless they are asked for. */
const CONFIG = { settings: { requireCustomerManagedKeys: true } };

/** One thing that is wrong with a stack that was right. */
export interface Mutation {
  /** What was done, in words. */
  readonly text: string;
  /** The rule that has to catch it. */
  readonly rule: string;
  readonly resources: readonly PlainResource[];
}

/** Every way the tables know to spoil one resource of a stack, one at a time. */
export function* mutationsOf(resources: readonly PlainResource[]): Generator<Mutation> {
  for (const [index, resource] of resources.entries()) {
    const name = `${resource.type} ${resource.name}`;
    for (const { properties, missing } of CLOUDS) {
      for (const [path, value, rule, only, needs] of properties[resource.type] ?? []) {
        if (needs !== undefined && !resources.some(({ type }) => type === needs)) continue;
        for (const props of spoiled(resource.props, path, value, only)) {
          yield {
            text: `${name}: ${path}`,
            rule,
            resources: resources.with(index, { ...resource, props, opts: UNGUARDED }),
          };
        }
      }
      const missed = missing[resource.type];
      if (missed !== undefined) {
        yield {
          text: `${name}: gone`,
          rule: missed,
          resources: resources.filter((each) => each !== resource),
        };
      }
    }
  }
}

/** Whether the rule finds more in the spoiled stack than in the one it was made of. */
export function catches(
  rule: string,
  before: readonly PlainResource[],
  after: readonly PlainResource[],
): boolean {
  return catchesAny([rule], before, after);
}

/** The same for several rules together. */
export function catchesAny(
  ids: readonly string[],
  before: readonly PlainResource[],
  after: readonly PlainResource[],
): boolean {
  const rules = allRules().filter(({ id }) => ids.includes(id));
  const found = (resources: readonly PlainResource[]): number =>
    evaluate(resources, { rules, config: CONFIG, markers: false }).violations.length;
  return found(after) > found(before);
}
