import type * as pulumi from "@pulumi/pulumi";
import type { BuildRequest } from "../../components/builder";
import type { Environment } from "../../components/cloud";
import { Problems } from "../../components/errors";
import { fit } from "../../components/naming";
import { readSettings, type AwsSettings } from "./settings";

/** What every child of one component shares. Small helpers take it instead of five arguments. */
export interface Scope extends AwsSettings {
  /** Name of the component; children are called `${name}-<role>`. */
  readonly name: string;
  readonly environment: Environment;
  /** Parents a child to the component. */
  readonly child: { readonly parent: pulumi.ComponentResource };
  /** Tags of every taggable resource. */
  readonly tags: Record<string, string>;
  /** Tags plus the `Name` that consoles show for networks. */
  named(role: string): Record<string, string>;
  /** ARN in the stack's own region and account. */
  arn(service: string, resource: string): string;
}

export function scopeOf(request: BuildRequest<unknown, unknown>): Scope {
  const { name, environment, parent } = request;
  const problems = new Problems();
  const settings = readSettings(problems);
  problems.throwIfAny();
  const { region, accountId, partition, limits } = settings as AwsSettings;
  const tags = {
    "portolan:system": environment.system,
    "portolan:stack": environment.stack,
    "portolan:profile": environment.profile,
  };
  return {
    ...{ name, environment, region, accountId, partition, tags },
    ...(limits ? { limits } : {}),
    child: { parent },
    named: (role) => ({ ...tags, Name: physicalName(environment, `${name}-${role}`, 120) }),
    arn: (service, resource) => `arn:${partition}:${service}:${region}:${accountId}:${resource}`,
  };
}

/**
 * A fixed name in the cloud: unique in the account by system and stack. Only for what has to be
 * known in a preview or must be named alike by two resources; all else is named by Pulumi.
 */
export function physicalName(environment: Environment, name: string, max: number): string {
  const words = `${environment.system}-${environment.stack}-${name}`.toLowerCase();
  return fit(words.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, ""), max);
}

/** First part of names that allow slashes: log groups, repositories, secrets. */
export const folder = ({ system, stack }: Environment): string =>
  `${system}/${stack}`.toLowerCase().replace(/[^a-z0-9/]+/g, "-");

/** CloudWatch metrics that the stack itself makes. */
export const metricNamespace = (environment: Environment): string =>
  `Portolan/${folder(environment)}`;
