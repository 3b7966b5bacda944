import type { HttpsEdgeSpec } from "./https-edge";
import type { SystemSpec } from "./system";

/**
 * The described edge with the kind of each backend: some clouds make what routes to a service
 * before the service exists, and route to a host by other means.
 */
export function edgeOf({ edge, hosts = {} }: SystemSpec): HttpsEdgeSpec | undefined {
  if (!edge) return undefined;
  const backends = Object.entries(edge.backends).map(([name, backend]) => [
    name,
    name in hosts ? { ...backend, host: true } : backend,
  ]);
  return { ...edge, backends: Object.fromEntries(backends) };
}
