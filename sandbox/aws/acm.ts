import { createHash } from "node:crypto";
import type { CloudObject } from "../lib/store";
import { CloudError } from "../lib/table";
import type { CloudView, Draft, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { CERTIFICATE, LISTENER, UUID } from "./refs";

export const types: Record<string, TypeTable> = {
  [CERTIFICATE]: {
    id: `arn:{partition}:acm:{region}:{account}:certificate/${UUID}`,
    outputs: {
      arn: "{id}",
      subjectAlternativeNames: ({ inputs }: Draft) => hostsOf(inputs),
      keyAlgorithm: "RSA_2048",
      domainValidationOptions: ({ inputs, place }: Draft) =>
        inputs.validationMethod === "DNS"
          ? hostsOf(inputs).map((host) => proofOf(host, place.account ?? ""))
          : [],
      validationEmails: () => [],
      status: ({ inputs }: Draft) =>
        inputs.certificateBody === undefined ? "PENDING_VALIDATION" : "ISSUED",
      type: ({ inputs }: Draft) =>
        inputs.certificateBody === undefined ? "AMAZON_ISSUED" : "IMPORTED",
      renewalEligibility: "INELIGIBLE",
      notAfter: "",
      notBefore: "",
      pendingRenewal: false,
    },
    secrets: ["privateKey"],
    replaceOn: [
      "domainName",
      "subjectAlternativeNames",
      "validationMethod",
      "validationOptions",
      "keyAlgorithm",
      "certificateAuthorityArn",
    ],
    sets: ["subjectAlternativeNames"],
    validate: ({ domainName, certificateBody }) =>
      domainName === undefined && certificateBody === undefined
        ? [{ property: "domainName", reason: "one of domainName or certificateBody is needed" }]
        : [],
    remove: refuseUsed,
    missing: "CertificateNotFound: Certificate '{value}' not found",
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    id: ({ hex }) => `${new Date().toISOString()}-${hex(4)}`,
    replaceOn: ["certificateArn", "validationRecordFqdns"],
    sets: ["validationRecordFqdns"],
    references: { certificateArn: CERTIFICATE },
    loose: ["certificateArn"],
    create: issue,
    seconds: 60,
  },
};

/** By hand and not by references: a certificate that is unknown here is older than the stack. */
function refuseUsed({ id }: CloudObject, cloud: CloudView): void {
  const users = [LISTENER, "aws:lb/listenerCertificate:ListenerCertificate"].flatMap((type) =>
    cloud.all(type),
  );
  if (!users.some(({ outputs }) => plain(outputs.certificateArn) === id)) return;
  throw new CloudError(`ResourceInUseException: Certificate ${id} in use`);
}

/** The names of the certificate, the first one first. */
function hostsOf({ domainName, subjectAlternativeNames = [] }: Plain): string[] {
  return [...new Set([domainName, ...subjectAlternativeNames] as string[])];
}

/** The same for one name in one account whatever the certificate, and for `*.` as without it. */
function proofOf(host: string, account: string): Plain {
  const name = host.replace(/^\*\./, "");
  const digest = createHash("sha256").update(`${account}/${name}`).digest("hex");
  return {
    domainName: host,
    resourceRecordName: `_${digest.slice(0, 32)}.${name}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: `_${digest.slice(32)}.${digest.slice(0, 10)}.acm-validations.aws.`,
  };
}

/** Issues the certificate when every proof stands in a zone, as the authority does after a look. */
function issue({ inputs, cloud }: Draft): undefined {
  const certificate = cloud.find(CERTIFICATE, String(inputs.certificateArn));
  if (certificate === undefined) return undefined;
  const state: Plain = plain(certificate.outputs);
  const records: Plain[] = cloud
    .all("aws:route53/record:Record")
    .map(({ outputs }) => plain(outputs) as Plain);
  const bare = (name: unknown): string => String(name).replace(/\.$/, "");
  const unproven = (state.domainValidationOptions as Plain[]).filter(
    (proof) =>
      !records.some(
        ({ fqdn, records: values }) =>
          bare(fqdn) === bare(proof.resourceRecordName) &&
          (values as unknown[] | undefined)?.some(
            (value) => bare(value) === bare(proof.resourceRecordValue),
          ) === true,
      ),
  );
  if (state.status !== "ISSUED" && unproven.length > 0) {
    throw new CloudError(
      `waiting for ACM Certificate (${certificate.id}) to be issued: timeout while waiting for state to become ` +
        `'ISSUED' (last state: 'PENDING_VALIDATION'); no record proves ${unproven.map(({ domainName }) => domainName).join(", ")}`,
    );
  }
  const year = 365 * 86_400_000;
  const dates = {
    notBefore: new Date().toISOString(),
    notAfter: new Date(Date.now() + year).toISOString(),
  };
  cloud.patch(certificate, { status: "ISSUED", ...dates });
  return undefined;
}
