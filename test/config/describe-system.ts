import type { Problems } from "../../components/errors";
import type { SystemSpec } from "../../components/system";
import { report } from "../../config/read";
import type { StackConfig } from "../../config/schema";
import { system } from "../../systems/lattice-policy";

/** LatticePolicy's description under a configuration, or undefined when its settings are wrong. */
export function describeSystem(stack: StackConfig, problems: Problems): SystemSpec | undefined {
  const settings = system.settings.safeParse(stack.settings);
  if (!settings.success) {
    report(settings.error, problems, "portolan:settings.");
    return undefined;
  }
  const { profile } = stack;
  const environment = {
    stack: profile,
    system: stack.system,
    profile,
    protected: profile === "prod",
  };
  return system.describe({ stack, environment, settings: settings.data, problems });
}
