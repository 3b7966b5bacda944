import type * as pulumi from "@pulumi/pulumi";
import type { Cloud, Environment } from "./cloud";
import { Problems, unsupported } from "./errors";

/** How a cloud carries out one option: words for the parity table, or why it does not. */
export type How = string | { readonly unsupported: string };

/** One line per option of a contract. A missing option does not compile. */
export type Parity<Spec> = { readonly [Option in keyof Required<Spec>]: How };

/** Where a description is being resolved, and where its problems go. */
export interface ResolveContext {
  readonly environment: Environment;
  /** Path of the description, e.g. `services.api`; problems are reported below it. */
  readonly path: string;
  readonly problems: Problems;
}

/** Everything a cloud needs to create the children of one component. */
export interface BuildRequest<Resolved, Links> {
  /** Name of the component; children are called `${name}-<role>`. */
  readonly name: string;
  /** Plain data with every default filled in: decides which children exist. */
  readonly spec: Resolved;
  /** Live values from other components. They never decide whether a child exists. */
  readonly links: Links;
  /** Parent of every child. */
  readonly parent: pulumi.ComponentResource;
  readonly environment: Environment;
}

/** The three verbs of a component on one cloud. */
export interface BuilderParts<Spec, Links, Resolved, Outputs> {
  readonly cloud: Cloud;
  /** Words for reports, and the list of what is refused here. */
  readonly describe: Parity<Spec>;
  /** Pure: fills in defaults and reports what this cloud would refuse. Creates nothing. */
  resolve(spec: Spec, context: ResolveContext): Resolved;
  /** Creates the resources. The only place that does. */
  build(request: BuildRequest<Resolved, Links>): Outputs;
}

/** A component as one cloud implements it, as the cloud-neutral side sees it. */
export interface Builder<Spec, Links, Outputs> {
  readonly describe: Parity<Spec>;
  /** Reports what cannot be deployed into `context.problems`; creates nothing. */
  check(spec: Spec, context: ResolveContext): void;
  /** Throws `InvalidInput` when `check` would have reported something. */
  build(request: BuildRequest<Spec, Links>): Outputs;
}

/** Joins the three verbs, and refuses by name every given option that `describe` refuses. */
export function builder<Spec extends object, Links, Resolved, Outputs>(
  parts: BuilderParts<Spec, Links, Resolved, Outputs>,
): Builder<Spec, Links, Outputs> {
  const resolve = (spec: Spec, context: ResolveContext): Resolved => {
    for (const [option, how] of Object.entries(parts.describe) as [keyof Spec & string, How][]) {
      if (typeof how !== "string" && isGiven(spec[option])) {
        const path = `${context.path}.${option}`;
        context.problems.add(path, unsupported(parts.cloud, option, how.unsupported));
      }
    }
    return parts.resolve(spec, context);
  };
  return {
    describe: parts.describe,
    check: (spec, context) => void resolve(spec, context),
    build: (request) => {
      const problems = new Problems();
      const { environment, name } = request;
      const spec = resolve(request.spec, { environment, path: name, problems });
      problems.throwIfAny();
      return parts.build({ ...request, spec });
    },
  };
}

/** Absent, false and empty ask for nothing, so no cloud has to refuse them. */
function isGiven(value: unknown): boolean {
  if (value === undefined || value === false) return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== "object" || value === null || Object.keys(value).length > 0;
}
