import {
  CERTIFICATE,
  CERTIFICATE_VALIDATION,
  LISTENER,
  LISTENER_CERTIFICATE,
} from "../../../lib/deployability/aws/types";
import { targets, type Targets } from "../../../lib/deployability/links";
import { ordered } from "../../../lib/deployability/ordering";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";

export const rule = deployability({
  id: "aws-acm-validation-awaited",
  title: "Whoever uses a certificate waits until it is validated",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "UnsupportedCertificate: The certificate must have a fully-qualified domain name, a supported signature, and a supported key size.",
  },
  fix: "Take the ARN from CertificateValidation.certificateArn, and give it the records of every domain's domainValidationOptions.",
  source: "https://www.pulumi.com/registry/packages/aws/api-docs/acm/certificatevalidation/",
  checkStack: ordered({
    of: [LISTENER, LISTENER_CERTIFICATE, "aws:cloudfront/distribution:Distribution"],
    parents: [CERTIFICATE],
    uses: certificatesOf,
    siblings: { [CERTIFICATE_VALIDATION]: ["certificateArn"] },
    need: "one",
    none: (certificate) => `nothing waits for the validation of ${certificate.name}`,
    later: (validation, certificate) =>
      `the ARN comes from ${certificate.name} itself, before ${validation.name} has seen it validated`,
  }),
});

/** Certificates that have to be validated; imported ones and those of a private authority are ready at once. */
function certificatesOf(graph: Graph, user: Resource): Targets {
  const arns = [user.at("certificateArn"), user.at("viewerCertificate.acmCertificateArn")];
  const { found, open } = targets(graph, user, arns, CERTIFICATE, CERTIFICATE_VALIDATION);
  return {
    open,
    found: found.filter(
      ({ resource }) =>
        resource.type === CERTIFICATE &&
        resource.at("privateKey").absent &&
        resource.at("certificateAuthorityArn").absent,
    ),
  };
}
