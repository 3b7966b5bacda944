import type { Draft, TypeTable } from "../lib/table";
import { named, NETWORK } from "./shared";

export const types: Record<string, TypeTable> = {
  "gcp:dns/managedZone:ManagedZone": {
    name: named(63),
    id: "projects/{project}/managedZones/{name}",
    scope: "account",
    defaults: { visibility: "public" },
    replaceOn: ["dnsName", "visibility"],
    references: { "privateVisibilityConfig.networks[*].networkUrl": NETWORK },
    sets: ["privateVisibilityConfig.networks"],
    outputs: {
      managedZoneId: ({ digits }: Draft) => Number(digits(15)),
      nameServers: () => ["a", "b", "c", "d"].map((key) => `ns-cloud-${key}1.googledomains.com.`),
      creationTime: () => new Date().toISOString(),
    },
    validate: ({ dnsName }) =>
      typeof dnsName === "string" && !dnsName.endsWith(".")
        ? [{ property: "dnsName", reason: `"${dnsName}" must end with a dot` }]
        : [],
    exists:
      "googleapi: Error 409: The resource 'entity.managedZone' named '{name}' already exists, alreadyExists",
    missing:
      "googleapi: Error 404: The 'parameters.managedZone' resource named '{value}' does not exist., notFound",
  },
  "gcp:dns/recordSet:RecordSet": {
    name: { property: "name", manual: true, within: ["managedZone", "type"] },
    id: "projects/{project}/managedZones/{in.managedZone}/rrsets/{in.name}/{in.type}",
    scope: "account",
    replaceOn: ["managedZone", "type"],
    references: {
      managedZone: "gcp:dns/managedZone:ManagedZone#name|gcp:dns/managedZone:ManagedZone",
    },
    validate: ({ name }) =>
      typeof name === "string" && !name.endsWith(".")
        ? [{ property: "name", reason: `"${name}" must end with a dot` }]
        : [],
    exists:
      "googleapi: Error 409: The resource 'entity.change.additions[0]' named '{name}' already exists, alreadyExists",
  },
};
