import * as pulumi from "@pulumi/pulumi";
import type { ResolveContext } from "../../components/builder";
import type { Environment } from "../../components/cloud";
import { Problems } from "../../components/errors";

export const SUBSCRIPTION = "00000000-0000-4000-8000-000000000001";

export const STAGING: Environment = {
  stack: "staging",
  system: "lattice-policy",
  profile: "staging",
  protected: false,
};

export const PROD: Environment = { ...STAGING, stack: "prod", profile: "prod", protected: true };

/** The provider's settings, as a stack file gives them; undefined takes one away. */
export function configure(change: Readonly<Record<string, string | undefined>> = {}): void {
  const config = {
    "azure-native:location": "westeurope",
    "azure-native:subscriptionId": SUBSCRIPTION,
    "azure-native:tenantId": "00000000-0000-4000-8000-000000000002",
    ...change,
  };
  const given = Object.entries(config).filter(([, value]) => value !== undefined);
  pulumi.runtime.setAllConfig(Object.fromEntries(given) as Record<string, string>);
}

export const context = (environment = STAGING, path = "it"): ResolveContext => ({
  environment,
  path,
  problems: new Problems(),
});

/** `path: message` of everything that was reported. */
export const said = ({ problems }: ResolveContext): string[] =>
  problems.all.map(({ path, message }) => `${path}: ${message}`);
