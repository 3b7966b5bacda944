import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const certificate = (props: object = { domainName: "app.example.com", validationMethod: "DNS" }) =>
  resource("aws:acm/certificate:Certificate", props, "cert");
const validation = resource(
  "aws:acm/certificateValidation:CertificateValidation",
  { certificateArn: { ref: "cert.arn" } },
  "cv",
);
const listener = (
  certificateArn: unknown,
  dependsOn: string[] = [],
  type = "aws:lb/listener:Listener",
) => resource(type, { protocol: "HTTPS", certificateArn }, "https", { opts: { dependsOn } });

export const fixtures: Fixtures = {
  good: [
    passes(certificate(), validation, listener({ ref: "cv.certificateArn" })),
    passes(certificate(), validation, listener({ ref: "cert.arn" }, ["cv"])),
    passes(
      certificate({ privateKey: unknown, certificateBody: "x" }),
      listener({ ref: "cert.arn" }),
    ),
    passes(resource("aws:lb/listener:Listener", { protocol: "HTTP" })),
  ],
  bad: [
    violates(certificate(), listener({ ref: "cert.arn" })),
    violates(certificate(), validation, listener({ ref: "cert.arn" })),
    violates(
      certificate(),
      validation,
      listener({ ref: "cert.arn" }, [], "aws:alb/listener:Listener"),
    ),
    violates(
      certificate(),
      validation,
      resource("aws:lb/listenerCertificate:ListenerCertificate", {
        listenerArn: "arn:l",
        certificateArn: { ref: "cert.arn" },
      }),
    ),
    violates(
      certificate(),
      resource("aws:cloudfront/distribution:Distribution", {
        viewerCertificate: { acmCertificateArn: { ref: "cert.arn" } },
      }),
    ),
  ],
  missing: [passes(certificate(), listener(undefined))],
  unknown: [
    waits(certificate(), listener(unknown)),
    waits(listener("arn:aws:acm:eu-west-1:111122223333:certificate/x")),
  ],
  wrongType: [passes(certificate(), listener(7))],
};
