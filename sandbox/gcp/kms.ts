import type { Draft, TypeTable } from "../lib/table";
import { Tombstones } from "../lib/tombstones";
import { CRYPTO_KEY, iamMember } from "./shared";

const deleted = new Tombstones("gcp");
const FOREVER = 36_500;

export const types: Record<string, TypeTable> = {
  "gcp:kms/keyRing:KeyRing": {
    name: { property: "name", max: 63 },
    id: "projects/{project}/locations/{region}/keyRings/{name}",
    replaceOn: ["location"],
    // A key ring is never deleted; it only leaves the state.
    create: ({ id }) => {
      deleted.refuseBuried(id, `googleapi: Error 409: KeyRing ${id} already exists.`);
      return undefined;
    },
    remove: ({ id }) => deleted.bury(id, FOREVER),
    missing: "googleapi: Error 404: KeyRing {value} not found.",
  },
  [CRYPTO_KEY]: {
    name: { property: "name", max: 63, within: ["keyRing"] },
    id: "{in.keyRing}/cryptoKeys/{name}",
    scope: "account",
    defaults: { purpose: "ENCRYPT_DECRYPT" },
    references: { keyRing: "gcp:kms/keyRing:KeyRing" },
    replaceOn: ["keyRing", "purpose", "destroyScheduledDuration", "importOnly"],
    outputs: {
      primaries: ({ id }: Draft) => [{ name: `${id}/cryptoKeyVersions/1`, state: "ENABLED" }],
    },
    missing: "googleapi: Error 404: CryptoKey {value} not found.",
  },
  "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": iamMember("cryptoKeyId", CRYPTO_KEY),
  "gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding": {
    id: "{in.cryptoKeyId}/{in.role}",
    scope: "account",
    references: { cryptoKeyId: CRYPTO_KEY },
    replaceOn: ["cryptoKeyId", "role"],
    outputs: { etag: "BwY{hex:8}" },
  },
};
