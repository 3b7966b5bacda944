import type { Draft, TypeTable } from "../lib/table";
import { named } from "./shared";

const ROOT = "projects/{project}/locations/global";

/** Proofs and certificates may belong to a region instead. */
const placed =
  (collection: string) =>
  ({ inputs, name, place }: Draft): string =>
    `projects/${place.project}/locations/${String(inputs.location ?? "global")}/${collection}/${name}`;
const AUTHORIZATION = "gcp:certificatemanager/dnsAuthorization:DnsAuthorization";
const CERTIFICATE = "gcp:certificatemanager/certificate:Certificate";
const MAP = "gcp:certificatemanager/certificateMap:CertificateMap";

export const types: Record<string, TypeTable> = {
  [AUTHORIZATION]: {
    name: named(63),
    id: placed("dnsAuthorizations"),
    scope: "account",
    replaceOn: ["domain", "location", "type"],
    outputs: {
      type: "FIXED_RECORD",
      location: "global",
      dnsResourceRecords: ({ inputs, hex }: Draft) => [
        {
          name: `_acme-challenge.${String(inputs.domain)}.`,
          type: "CNAME",
          data: `${hex(8)}-${hex(4)}.1.authorize.certificatemanager.goog.`,
        },
      ],
    },
    missing: "googleapi: Error 404: Resource '{value}' was not found",
    inUse:
      "googleapi: Error 400: can't delete dns authorization that is referenced by a Certificate",
  },
  [CERTIFICATE]: {
    name: named(63),
    id: placed("certificates"),
    scope: "account",
    replaceOn: ["location", "managed", "scope"],
    references: { "managed.dnsAuthorizations[*]": AUTHORIZATION },
    secrets: ["selfManaged"],
    outputs: {
      location: "global",
      scope: "DEFAULT",
      sanDnsnames: ({ inputs }: Draft) => inputs.managed?.domains ?? [],
    },
    missing: "googleapi: Error 404: Resource '{value}' was not found",
    inUse:
      "googleapi: Error 400: can't delete certificate that is referenced by a CertificateMapEntry",
  },
  [MAP]: {
    name: named(63),
    id: `${ROOT}/certificateMaps/{name}`,
    scope: "account",
    outputs: { gclbTargets: () => [], createTime: () => new Date().toISOString() },
    missing: "googleapi: Error 404: Resource '{value}' was not found",
    inUse: "googleapi: Error 400: can't delete certificate map that has entries",
  },
  "gcp:certificatemanager/certificateMapEntry:CertificateMapEntry": {
    name: { property: "name", max: 63, within: ["map"] },
    id: `${ROOT}/certificateMaps/{in.map}/certificateMapEntries/{name}`,
    scope: "account",
    replaceOn: ["map", "hostname", "matcher"],
    references: { map: `${MAP}#name|${MAP}`, "certificates[*]": CERTIFICATE },
    outputs: { state: "PENDING", createTime: () => new Date().toISOString() },
  },
};
