import { createHash } from "node:crypto";
import type { Environment } from "../../components/cloud";
import { fit } from "../../components/naming";

/**
 * Name on the host. Several stacks share one host, and an operator reads `docker ps`. Docker itself
 * sets no limit; a host name inside a network has 63 characters at most.
 */
export function hostName(environment: Environment, name: string): string {
  return fit(`${environment.system}-${environment.stack}-${name}`, 63);
}

export interface Label {
  readonly label: string;
  readonly value: string;
}

/** Labels of everything a stack owns on the host. */
export function labels(environment: Environment, component: string): Label[] {
  return [
    { label: "portolan.system", value: environment.system },
    { label: "portolan.stack", value: environment.stack },
    { label: "portolan.profile", value: environment.profile },
    { label: "portolan.component", value: component },
  ];
}

/** Short hash of plain data: equal content, equal text. Names revisions of containers. */
export function fingerprint(...parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts, sorted)).digest("hex").slice(0, 8);
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
