import type { Environment } from "../../components/cloud";
import type { ResolveContext } from "../../components/builder";
import { Problems } from "../../components/errors";

export const STAGING: Environment = {
  stack: "staging",
  system: "lattice-policy",
  profile: "staging",
  protected: false,
};

export const PROD: Environment = { ...STAGING, stack: "prod", profile: "prod", protected: true };

export const context = (environment = STAGING, path = "it"): ResolveContext => ({
  environment,
  path,
  problems: new Problems(),
});

/** `path: message` of everything that was reported. */
export const said = ({ problems }: ResolveContext): string[] =>
  problems.all.map(({ path, message }) => `${path}: ${message}`);
