import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { CloudError } from "../lib/table";
import type { Draft, TypeTable } from "../lib/table";
import type { Plain } from "../lib/values";
import { fromPem, pem } from "./der";
import { sshForms } from "./public-key";
import { certificate } from "./x509";

const CURVES: Readonly<Record<string, string>> = { P256: "P-256", P384: "P-384", P521: "P-521" };

function keyPair({ inputs }: Draft): Record<string, Plain> {
  const pair = generate(inputs);
  const privateKeyPem = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const publicKeyPem = pair.publicKey.export({ type: "spki", format: "pem" }).toString();
  return {
    privateKeyPem,
    privateKeyPemPkcs8: privateKeyPem,
    privateKeyOpenssh: privateKeyPem,
    publicKeyPem,
    ...sshForms(pair.publicKey),
  };
}

function generate({ algorithm, ecdsaCurve, rsaBits }: Plain) {
  if (algorithm === "ED25519") return generateKeyPairSync("ed25519");
  if (algorithm === "RSA") return generateKeyPairSync("rsa", { modulusLength: rsaBits ?? 2048 });
  const namedCurve = CURVES[ecdsaCurve ?? "P256"];
  if (algorithm === "ECDSA" && namedCurve) return generateKeyPairSync("ec", { namedCurve });
  throw new CloudError(`Invalid Attribute Value Match: algorithm "${algorithm}"`);
}

function selfSigned({ inputs }: Draft): Record<string, Plain> {
  const subject = inputs.subject?.commonName ?? "";
  return issued(inputs, {
    subject,
    issuer: subject,
    keyPem: inputs.privateKeyPem,
    signerPem: inputs.privateKeyPem,
    isCa: inputs.isCaCertificate === true,
    dnsNames: inputs.dnsNames ?? [],
    ipAddresses: inputs.ipAddresses ?? [],
  });
}

function locallySigned({ inputs }: Draft): Record<string, Plain> {
  const request = JSON.parse(fromPem(inputs.certRequestPem).toString());
  const authority = new X509Certificate(inputs.caCertPem);
  return issued(inputs, {
    ...request,
    issuer: authority.subject.replace(/^CN=/, ""),
    signerPem: inputs.caPrivateKeyPem,
    isCa: inputs.isCaCertificate === true,
  });
}

function issued(
  inputs: Plain,
  wanted: Omit<Parameters<typeof certificate>[0], "hours" | "from">,
): Record<string, Plain> {
  const from = new Date();
  from.setMilliseconds(0);
  const hours = inputs.validityPeriodHours;
  return {
    certPem: certificate({ ...wanted, hours, from }),
    keyAlgorithm: "ECDSA",
    readyForRenewal: false,
    validityStartTime: from.toISOString(),
    validityEndTime: new Date(from.getTime() + hours * 3_600_000).toISOString(),
  };
}

/**
 * A request is only ever read by this package: it holds the wanted names, and the key itself, which
 * a real one does not (it holds the public half and a signature). So it is a secret here.
 */
function request({ inputs }: Draft): Record<string, Plain> {
  const wanted = {
    subject: inputs.subject?.commonName ?? "",
    keyPem: inputs.privateKeyPem,
    dnsNames: inputs.dnsNames ?? [],
    ipAddresses: inputs.ipAddresses ?? [],
  };
  const certRequestPem = pem("CERTIFICATE REQUEST", Buffer.from(JSON.stringify(wanted)));
  return { certRequestPem, keyAlgorithm: "ECDSA" };
}

const NAMES = ["subject.*", "dnsNames[*]", "ipAddresses[*]", "uris[*]"];
const COMMON = ["allowedUses[*]", "isCaCertificate", "setSubjectKeyId", "validityPeriodHours"];

export const types: Record<string, TypeTable> = {
  "tls:index/privateKey:PrivateKey": {
    id: "{hex:40}",
    defaults: { rsaBits: 2048, ecdsaCurve: "P224" },
    create: keyPair,
    secrets: ["privateKeyPem", "privateKeyPemPkcs8", "privateKeyOpenssh"],
    replaceOn: ["algorithm", "rsaBits", "ecdsaCurve"],
  },
  "tls:index/selfSignedCert:SelfSignedCert": {
    id: "{digits:38}",
    create: selfSigned,
    secrets: ["privateKeyPem"],
    replaceOn: ["privateKeyPem", ...NAMES, ...COMMON],
  },
  "tls:index/certRequest:CertRequest": {
    id: "{hex:40}",
    create: request,
    secrets: ["privateKeyPem", "certRequestPem"],
    replaceOn: ["privateKeyPem", ...NAMES],
  },
  "tls:index/locallySignedCert:LocallySignedCert": {
    id: "{digits:38}",
    create: locallySigned,
    secrets: ["caPrivateKeyPem", "certRequestPem"],
    replaceOn: ["certRequestPem", "caPrivateKeyPem", "caCertPem", ...COMMON],
  },
};
