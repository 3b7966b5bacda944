import type { Environment } from "../../components/cloud";

/** Labels of every resource that has any. Values are lower case, dashes and digits, 63 at most. */
export function labels(environment: Environment, component: string): Record<string, string> {
  return {
    system: value(environment.system),
    stack: value(environment.stack),
    profile: environment.profile,
    component: value(component),
    "managed-by": "portolan",
  };
}

const value = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "-")
    .slice(0, 63);
