import { passes, resource, unknown, type Fixtures } from "../../../lib/fixture";

const sql = (ipConfiguration: unknown) =>
  resource("gcp:sql/databaseInstance:DatabaseInstance", { settings: { ipConfiguration } });
const network = { privateNetwork: { ref: "vpc.id" } };
const TLS = { sslMode: "ENCRYPTED_ONLY" };

export const fixtures: Fixtures = {
  good: [
    sql({ ipv4Enabled: false, ...network }),
    sql({ ipv4Enabled: false, pscConfigs: [{ pscEnabled: true }] }),
    sql({ ipv4Enabled: true, ...TLS, authorizedNetworks: [{ value: "203.0.113.0/24" }] }),
    sql({ sslMode: "TRUSTED_CLIENT_CERTIFICATE_REQUIRED" }),
  ],
  bad: [
    sql(network),
    sql({ ipv4Enabled: true, ...network }),
    sql({ ipv4Enabled: false }),
    sql({ ...TLS, authorizedNetworks: [{ value: "0.0.0.0/0" }] }),
    sql({ ...TLS, authorizedNetworks: [{ value: "0.0.0.0/1" }] }),
    sql({}),
    sql(undefined),
    sql({ sslMode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED" }),
  ],
  missing: [passes(sql({ ipv4Enabled: false, ...network, sslMode: undefined }))],
  unknown: [sql(unknown), sql({ ipv4Enabled: unknown, ...network }), sql({ sslMode: unknown })],
  wrongType: [passes(sql({ ...TLS, authorizedNetworks: "everybody" }))],
};
