import { Certificate } from "@pulumi/aws/acm/certificate";
import { CertificateValidation } from "@pulumi/aws/acm/certificateValidation";
import type { LoadBalancer } from "@pulumi/aws/lb/loadBalancer";
import { Record as DnsRecord } from "@pulumi/aws/route53/record";
import type * as pulumi from "@pulumi/pulumi";
import type { Dns } from "../../components/https-edge";
import type { Scope } from "./scope";

/**
 * The certificate of all hosts, as a listener may use it. A certificate resource returns while it
 * is still pending, so the ARN is taken from the validation, which waits for the issue.
 */
export function certificateFor(
  scope: Scope,
  dns: Dns,
  hosts: readonly string[],
): pulumi.Input<string> {
  if (dns.kind === "external") return dns.certificate as string;
  const { name, child, tags } = scope;
  const [first = "", ...others] = hosts;
  const certificate = new Certificate(
    `${name}-certificate`,
    {
      domainName: first,
      subjectAlternativeNames: others,
      validationMethod: "DNS",
      keyAlgorithm: "EC_prime256v1",
      tags,
    },
    child,
  );
  // One record per host, by plain configuration; only what stands in it is known later.
  const records = hosts.map((host) => {
    const proof = certificate.domainValidationOptions.apply((options) => {
      const option = options.find(({ domainName }) => domainName === host);
      if (!option) throw new Error(`the certificate has no proof for ${host}`);
      return option;
    });
    return new DnsRecord(
      `${name}-proof-${host}`,
      {
        zoneId: dns.zoneId,
        name: proof.resourceRecordName,
        type: proof.resourceRecordType,
        records: [proof.resourceRecordValue],
        ttl: 300,
        allowOverwrite: true,
      },
      child,
    );
  });
  return new CertificateValidation(
    `${name}-issued`,
    {
      certificateArn: certificate.arn,
      validationRecordFqdns: records.map(({ fqdn }) => fqdn),
    },
    { ...child, customTimeouts: { create: "75m" } },
  ).certificateArn;
}

/** Points the hosts at the load balancer, where the zone is ours. */
export function publish(
  scope: Scope,
  dns: Dns,
  hosts: readonly string[],
  loadBalancer: LoadBalancer,
): void {
  if (dns.kind === "external") return;
  for (const host of hosts) {
    new DnsRecord(
      `${scope.name}-host-${host}`,
      {
        zoneId: dns.zoneId,
        name: host,
        type: "A",
        aliases: [
          {
            name: loadBalancer.dnsName,
            zoneId: loadBalancer.zoneId,
            evaluateTargetHealth: true,
          },
        ],
      },
      scope.child,
    );
  }
}
