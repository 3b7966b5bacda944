import * as pulumi from "@pulumi/pulumi";
import type { Environment } from "./components/cloud";
import { deploy } from "./components/deploy";
import { InvalidInput, Problems } from "./components/errors";
import { readStackConfig, report } from "./config/read";
import { refuseCloudSwitch } from "./config/cloud-switch";
import { loadPlatform } from "./providers/load";
import { loadSystem, SYSTEM_NAMES } from "./systems/load";

/** Read the configuration, load the cloud and the system, deploy, export the outputs. */
async function main(): Promise<Record<string, pulumi.Input<unknown>>> {
  const problems = new Problems();
  const stack = readStackConfig(pulumi.runtime.allConfig(), problems);
  if (!stack) throw new InvalidInput(problems.all);

  const system = await loadSystem(stack.system);
  if (!system) {
    problems.add("portolan:system", `"${stack.system}" is none of ${SYSTEM_NAMES.join(", ")}`);
    throw new InvalidInput(problems.all);
  }
  const settings = system.settings.safeParse(stack.settings);
  if (!settings.success) {
    report(settings.error, problems, "portolan:settings.");
    throw new InvalidInput(problems.all);
  }
  const environment: Environment = {
    stack: pulumi.getStack(),
    system: stack.system,
    profile: stack.profile,
    protected: stack.profile === "prod",
  };
  const spec = system.describe({ stack, environment, settings: settings.data, problems });
  problems.throwIfAny();

  await refuseCloudSwitch(stack.cloud);
  return deploy(await loadPlatform(stack.cloud, environment), spec);
}

export = main;
