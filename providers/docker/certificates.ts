import type * as pulumi from "@pulumi/pulumi";
import { CertRequest } from "@pulumi/tls/certRequest";
import { LocallySignedCert } from "@pulumi/tls/locallySignedCert";
import { PrivateKey } from "@pulumi/tls/privateKey";
import { SelfSignedCert } from "@pulumi/tls/selfSignedCert";

export interface ServerCertificate {
  /** Authority that clients are given, PEM. */
  readonly caPem: pulumi.Output<string>;
  readonly certificatePem: pulumi.Output<string>;
  readonly keyPem: pulumi.Output<string>;
}

const YEAR = 8760;
const KEY = { algorithm: "ECDSA", ecdsaCurve: "P256" } as const;

/** A certificate for one host name, signed by an authority of its own: it can vouch for no other. */
export function serverCertificate(
  name: string,
  host: string,
  parent: pulumi.Resource,
): ServerCertificate {
  const authorityKey = new PrivateKey(`${name}-ca-key`, KEY, { parent });
  const authority = new SelfSignedCert(
    `${name}-ca`,
    {
      privateKeyPem: authorityKey.privateKeyPem,
      subject: { commonName: `${name} authority` },
      isCaCertificate: true,
      setSubjectKeyId: true,
      allowedUses: ["cert_signing", "crl_signing"],
      validityPeriodHours: 10 * YEAR,
    },
    { parent },
  );
  const key = new PrivateKey(`${name}-key`, KEY, { parent });
  const request = new CertRequest(
    `${name}-request`,
    {
      privateKeyPem: key.privateKeyPem,
      subject: { commonName: host },
      dnsNames: [host, "localhost"],
      ipAddresses: ["127.0.0.1"],
    },
    { parent },
  );
  const certificate = new LocallySignedCert(
    `${name}-certificate`,
    {
      certRequestPem: request.certRequestPem,
      caPrivateKeyPem: authorityKey.privateKeyPem,
      caCertPem: authority.certPem,
      allowedUses: ["digital_signature", "key_encipherment", "server_auth"],
      validityPeriodHours: 2 * YEAR,
      // Any update within the last half year makes a new one; the store restarts with it.
      earlyRenewalHours: YEAR / 2,
    },
    { parent },
  );
  return {
    caPem: authority.certPem,
    certificatePem: certificate.certPem,
    keyPem: key.privateKeyPem,
  };
}
