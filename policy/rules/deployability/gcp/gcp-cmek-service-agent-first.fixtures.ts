import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const ring = (location: unknown = "europe-west1") =>
  resource("gcp:kms/keyRing:KeyRing", { location }, "ring");
const key = resource("gcp:kms/cryptoKey:CryptoKey", { keyRing: { ref: "ring.id" } }, "key");
const grant = (role = "roles/cloudkms.cryptoKeyEncrypterDecrypter") =>
  resource(
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
    { cryptoKeyId: { ref: "key.id" }, role, member: { ref: "agent.member" } },
    "grant",
  );
const sql = (dependsOn: string[], encryptionKeyName: unknown = { ref: "key.id" }) =>
  resource(
    "gcp:sql/databaseInstance:DatabaseInstance",
    { region: "europe-west1", encryptionKeyName },
    "sql",
    { opts: { dependsOn } },
  );
const secret = resource("gcp:secretmanager/secret:Secret", {
  replication: { auto: { customerManagedEncryption: { kmsKeyName: { ref: "key.id" } } } },
});

export const fixtures: Fixtures = {
  good: [passes(ring(), key, grant(), sql(["grant"])), passes(ring(), key, sql([], null))],
  bad: [
    violates(ring(), key, sql([])),
    violates(ring(), key, grant(), sql([])),
    violates(ring(), key, grant("roles/cloudkms.viewer"), sql(["grant"])),
    violates(ring("us-east1"), key, grant(), sql(["grant"])),
    violates(ring(), key, grant(), secret),
  ],
  missing: [passes(sql([], null))],
  unknown: [
    waits(ring(), key, sql([], unknown)),
    waits(sql([], "projects/p/locations/l/keyRings/r/cryptoKeys/k")),
  ],
  wrongType: [passes(ring(), key, sql([], ""))],
};
