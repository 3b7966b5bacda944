import type { GeneratedSecret } from "../components/secret-bundle";
import type { SystemSpec } from "../components/system";
import { Problems, type Problem } from "../components/errors";
import { readStackConfig, report } from "../config/read";
import { InputError } from "../review/input/problem";
import { loadSystem, SYSTEM_NAMES } from "../systems/load";
import { pulumi, type Place } from "./pulumi";

/** What the stack's system says with a change of its configuration that has not been made yet. */
export interface Description {
  readonly system: string;
  readonly spec: SystemSpec;
  /** Everything the system objects to. */
  readonly problems: readonly Problem[];
}

/** Settings of a stack as the program gets them: text, and JSON where they have parts. */
export type Settings = Readonly<Record<string, string>>;

/**
 * The stack's configuration. Values of secrets are among it: they stay in this process, and without them a
 * setting with an encrypted part could not be read at all.
 */
export function settingsOf(place: Place): Settings {
  const text = pulumi(place, ["config", "--json", "--show-secrets"]);
  const read = JSON.parse(text) as Record<string, { value?: string }>;
  return Object.fromEntries(Object.entries(read).map(([key, { value = "" }]) => [key, value]));
}

/** One entry of a setting that has parts, e.g. of `portolan:rotations`. */
export function partOf(settings: Settings, setting: string, name: string): string | undefined {
  return (JSON.parse(settings[setting] ?? "{}") as Record<string, string>)[name];
}

/** Asks the system what it would be if one part of a setting had this value: it knows its own names best. */
export async function describeWith(
  place: Place,
  settings: Settings,
  [setting, name, value]: readonly [string, string, string],
): Promise<Description> {
  const parts = JSON.parse(settings[setting] ?? "{}") as Record<string, string>;
  const problems = new Problems();
  const changed = { ...settings, [setting]: JSON.stringify({ ...parts, [name]: value }) };
  const stack = readStackConfig(changed, problems);
  if (stack === undefined) throw unreadable(problems);
  const module = await loadSystem(stack.system);
  if (module === undefined) {
    const names = SYSTEM_NAMES.join(", ");
    throw new InputError(`portolan:system: "${stack.system}" is none of ${names}.`);
  }
  const own = module.settings.safeParse(stack.settings);
  if (!own.success) {
    report(own.error, problems, "portolan:settings.");
    throw unreadable(problems);
  }
  const { profile, system } = stack;
  const environment = {
    stack: place.stack.split("/").at(-1) ?? place.stack,
    system,
    profile,
    protected: profile === "prod",
  };
  const spec = module.describe({ stack, environment, settings: own.data, problems });
  return { system, spec, problems: problems.all };
}

/** The generated secret of that name, if the system has one. */
export function generated({ spec }: Description, name: string): GeneratedSecret | undefined {
  const secret = spec.secrets[name];
  return secret?.kind === "generated" ? secret : undefined;
}

/** Names only: a message of the configuration may quote the value it objects to. */
function unreadable(problems: Problems): InputError {
  const paths = problems.all.map(({ path }) => path).join(", ");
  return new InputError(
    `the stack's configuration cannot be read: ${paths}; set these first, and see what \`pulumi preview\` says of them.`,
  );
}
