import fs from "node:fs";
import yaml from "js-yaml";
import type { Cloud } from "../../components/cloud";
import { Problems } from "../../components/errors";
import type { SystemSpec } from "../../components/system";
import { readStackConfig, report } from "../../config/read";
import type { StackConfig } from "../../config/schema";
import type { SystemModule } from "../../systems/load";
import { stackFile } from "../support/stacks";

/** A system's description under a configuration, or undefined when its settings are wrong. */
export function describeSystem(stack: StackConfig, problems: Problems): SystemSpec | undefined {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() is not synchronous
  const { system } = require(`../../systems/${stack.system}`) as { system: SystemModule };
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

/**
 * What is said of a system's committed production stack with other settings, and with other keys of
 * the configuration in `changes`.
 */
export function problemsOf(
  system: string,
  settings: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>> = {},
): string[] {
  const problems = new Problems();
  const cloud = (changes["cloud"] ?? "aws") as Cloud;
  const { config } = yaml.load(fs.readFileSync(stackFile(system, cloud, "prod"), "utf8")) as {
    config: Record<string, unknown>;
  };
  const changed: Record<string, unknown> = {
    ...config,
    ...Object.fromEntries(
      Object.entries(changes).map(([key, value]) => [`portolan:${key}`, value]),
    ),
    "portolan:settings": { ...(config["portolan:settings"] as object | undefined), ...settings },
  };
  const text = Object.fromEntries(
    Object.entries(changed).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(readable(value)),
    ]),
  );
  const stack = readStackConfig(text, problems);
  if (stack) describeSystem(stack, problems);
  return problems.all.map(({ path, message }) => `${path}: ${message}`);
}

/** Encrypted values become texts, as the engine hands them to the program. */
function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  if ("secure" in value) return "a secret";
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, readable(each)]));
}
