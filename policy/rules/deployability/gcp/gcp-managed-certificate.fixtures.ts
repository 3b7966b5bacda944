import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const certificate = (domains: unknown, name?: unknown) =>
  resource(
    "gcp:compute/managedSslCertificate:ManagedSslCertificate",
    { managed: { domains }, name },
    "cert",
  );
const proxy = (sslCertificates: unknown = [{ ref: "cert.id" }]) =>
  resource("gcp:compute/targetHttpsProxy:TargetHttpsProxy", { sslCertificates });
const ONE = ["app.example.com"];

export const fixtures: Fixtures = {
  good: [passes(certificate(ONE), proxy()), passes(certificate(ONE, "cert-0a1b2c3"), proxy())],
  bad: [
    violates(certificate(["*.example.com"]), proxy()),
    violates(certificate(Array.from({ length: 101 }, (_, n) => `a${n}.example.com`)), proxy()),
    violates(certificate(ONE, "site"), proxy()),
    violates(certificate(ONE)),
  ],
  missing: [passes(certificate(undefined), proxy())],
  unknown: [waits(certificate(unknown), proxy()), waits(certificate(ONE), proxy(unknown))],
  wrongType: [passes(certificate(7), proxy())],
};
