import type { Plain } from "../lib/values";

/** Collections of a gateway whose entries others name by id. */
const PARTS = [
  "backendAddressPools",
  "backendHttpSettingsCollection",
  "frontendIPConfigurations",
  "frontendPorts",
  "httpListeners",
  "probes",
  "redirectConfigurations",
  "rewriteRuleSets",
  "sslCertificates",
  "urlPathMaps",
];

/** Parts of a gateway refer to each other by id; one that is not there is refused by the API. */
export function danglingParts(inputs: Plain): { property: string; reason: string }[] {
  const failures: { property: string; reason: string }[] = [];
  for (const id of idsIn(PARTS.concat("requestRoutingRules").map((name) => inputs[name]))) {
    const [collection = "", name = ""] = id.split("/").slice(-2);
    const entries: Plain = inputs[collection];
    if (!PARTS.includes(collection) || !Array.isArray(entries)) continue;
    if (entries.some((entry) => entry?.name === name)) continue;
    failures.push({
      property: collection,
      reason: `InvalidResourceReference: Resource ${id} referenced by the gateway was not found.`,
    });
  }
  return failures;
}

function idsIn(value: Plain): string[] {
  if (Array.isArray(value)) return value.flatMap(idsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value as Record<string, Plain>).flatMap(([key, inner]) =>
    key === "id" && typeof inner === "string" ? [inner] : idsIn(inner),
  );
}
