import type * as pulumi from "@pulumi/pulumi";
import type { StackAccess } from "./access";
import { environmentOf, PURPOSES } from "./github";
import { readSettings, type Cloud, type Settings } from "./settings";

/** One dynamic import per cloud, so that one SDK is loaded. */
const LOAD: Record<
  Cloud,
  () => Promise<{ access: (settings: Settings) => Map<string, StackAccess> }>
> = {
  aws: () => import("./aws"),
  azure: () => import("./azure"),
  gcp: () => import("./gcp"),
};

/** Makes the trust, the state and the keys of every stack, and exports what GitHub has to be told. */
async function main(): Promise<Record<string, pulumi.Input<unknown>>> {
  const settings = readSettings();
  const { access } = await LOAD[settings.cloud]();
  const stacks = [...access(settings)];
  return {
    environments: Object.fromEntries(
      stacks.flatMap(([stack, { variables }]) =>
        PURPOSES.map((purpose) => [environmentOf(purpose, stack), variables[purpose]]),
      ),
    ),
    config: Object.fromEntries(
      stacks.flatMap(([stack, { config }]) => (config ? [[stack, config]] : [])),
    ),
    secretsProviders: Object.fromEntries(
      stacks.map(([stack, { secretsProvider }]) => [stack, secretsProvider]),
    ),
  };
}

export = main;
