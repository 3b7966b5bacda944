import { InputError } from "../review/input/problem";
import { describeWith, generated, partOf, settingsOf, type Description } from "./description";
import { pulumi, type Place } from "./pulumi";

const SETTING = "portolan:rotations";

/** Gives a generated secret another label, which makes a new value with the next update. Returns what was done. */
export async function rotate(place: Place, name: string, asked?: string): Promise<string> {
  const settings = settingsOf(place);
  const before = partOf(settings, SETTING, name);
  const label = asked ?? nextLabel(before);
  if (label === before) {
    throw new InputError(
      `--label ${label}: is the present label of ${name}, so nothing would change; give another.`,
    );
  }
  const path = `${SETTING}.${name}`;
  const description = await describeWith(place, settings, [SETTING, name, label]);
  const objection = description.problems.find((problem) => problem.path === path);
  if (objection !== undefined) {
    throw new InputError(`${name}: ${refusal(description, name) ?? objection.message}.`);
  }
  pulumi(place, ["config", "set", "--path", path, label]);
  return `${name} has the label ${label}; the next \`pulumi up\` makes a new value and brings it to its readers (bin/secrets who ${name}).`;
}

/** Why this one is not rotated, where there is more to say than that its name is wrong. */
function refusal(description: Description, name: string): string | undefined {
  const made = generated(description, name);
  if (made?.rotation === "never") return `must never change: ${made.why}`;
  const secret = description.spec.secrets[name];
  if (secret?.kind === "existing") {
    return "is kept in the cloud's secret store by somebody else; rotate it there";
  }
  if (secret?.kind !== "value") return undefined;
  return (
    `is not generated: one that you gave gets another value by \`bin/secrets set ${name}\`, ` +
    "one that is made of a store's login follows that"
  );
}

/** The day, and a number where that day has had a rotation. */
function nextLabel(before: string | undefined): string {
  const today = new Date().toISOString().slice(0, 10);
  if (before === undefined || !before.startsWith(today)) return today;
  return `${today}-${Number(/-(\d+)$/.exec(before.slice(today.length))?.[1] ?? 1) + 1}`;
}
