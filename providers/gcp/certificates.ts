import * as pulumi from "@pulumi/pulumi";
import {
  Certificate,
  CertificateMap,
  CertificateMapEntry,
  DnsAuthorization,
} from "@pulumi/gcp/certificatemanager";
import { ManagedSslCertificate } from "@pulumi/gcp/compute";
import { RecordSet } from "@pulumi/gcp/dns";
import type { Problems } from "../../components/errors";
import type { Dns } from "../../components/https-edge";
import { foundation } from "./foundation";
import { labels } from "./labels";
import { childName, plain } from "./names";
import type { Scope } from "./scope";
import { settings } from "./settings";

/** What the HTTPS proxy takes: a map of Certificate Manager or classic certificates. */
export interface Certificates {
  readonly certificateMap?: pulumi.Output<string>;
  readonly sslCertificates?: pulumi.Output<string>[];
}

const MAP = /^projects\/[^/]+\/locations\/global\/certificateMaps\/[^/]+$/;
const CLASSIC = /^projects\/[^/]+\/global\/sslCertificates\/[^/]+$/;

const REGIONAL = /^projects\/[^/]+\/locations\/[a-z]+-[a-z]+[0-9]+\/certificates\/[^/]+$/;

export function checkCertificate(
  dns: Dns,
  isPrivate: boolean,
  path: string,
  problems: Problems,
): void {
  if (dns.kind !== "external") return;
  if (isPrivate) {
    if (dns.certificate !== undefined && REGIONAL.test(dns.certificate)) return;
    problems.add(
      `${path}.certificate`,
      `${dns.certificate === undefined ? "is missing" : `"${dns.certificate}" does not fit`}; a private edge ` +
        "takes one of Certificate Manager in its region, like projects/my-project/locations/europe-west1/certificates/my-certificate",
    );
    return;
  }
  if (dns.certificate === undefined) return;
  if (MAP.test(dns.certificate) || CLASSIC.test(dns.certificate)) return;
  problems.add(
    `${path}.certificate`,
    `"${dns.certificate}" is no certificate; write it like ` +
      "projects/my-project/locations/global/certificateMaps/my-map or " +
      "projects/my-project/global/sslCertificates/my-certificate",
  );
}

export function certificates(scope: Scope, hosts: readonly string[], dns: Dns): Certificates {
  if (dns.kind === "zone") return provenByDns(scope, hosts, dns.zoneId);
  const given = dns.certificate;
  if (given && MAP.test(given)) return { certificateMap: mapUrl(pulumi.output(given)) };
  if (given) return { sslCertificates: [pulumi.output(given)] };
  const { name, parent } = scope;
  const certificate = new ManagedSslCertificate(
    // No fixed name: a certificate cannot be edited, and the one in use cannot be deleted first.
    `${name}-certificate`,
    { project: settings().project, managed: { domains: [...hosts] } },
    { parent, dependsOn: [foundation(scope).apis.compute] },
  );
  return { sslCertificates: [certificate.id] };
}

/** The certificate of a balancer in the stack's region, which takes no map. */
export function regionalCertificate(
  scope: Scope,
  hosts: readonly string[],
  dns: Dns,
): pulumi.Output<string> {
  if (dns.kind === "external") return mapUrl(pulumi.output(dns.certificate ?? ""));
  return mapUrl(issued(scope, hosts, dns.zoneId, { location: settings().region }).id);
}

/**
 * Issued and renewed whether or not traffic comes here yet: proof is a record in the zone. A proof in
 * a region has a record of the project's own, so that several may stand side by side.
 */
function issued(
  scope: Scope,
  hosts: readonly string[],
  zoneId: string,
  place: { readonly location?: string } = {},
): Certificate {
  const { name, parent, environment } = scope;
  const { project } = settings();
  const { apis } = foundation(scope);
  const options = { parent, dependsOn: [apis.certificatemanager] };
  const tagged = { project, ...place, labels: labels(environment, name) };
  const proofs = hosts.map((host) => {
    const authorization = new DnsAuthorization(
      childName(name, "proof", plain(host)),
      { ...tagged, domain: host, ...(place.location ? { type: "PER_PROJECT_RECORD" } : {}) },
      options,
    );
    const record = authorization.dnsResourceRecords.apply(([first]) => ({
      name: first?.name ?? "",
      type: first?.type ?? "CNAME",
      data: first?.data ?? "",
    }));
    new RecordSet(
      childName(name, "proof-record", plain(host)),
      {
        project,
        managedZone: zoneId,
        name: record.name,
        type: record.type,
        ttl: 300,
        rrdatas: [record.data],
      },
      { parent, dependsOn: [apis.dns] },
    );
    return authorization;
  });
  return new Certificate(
    `${name}-certificate`,
    {
      ...tagged,
      managed: { domains: [...hosts], dnsAuthorizations: proofs.map(({ id }) => id) },
    },
    options,
  );
}

function provenByDns(scope: Scope, hosts: readonly string[], zoneId: string): Certificates {
  const { name, parent, environment } = scope;
  const { project } = settings();
  const { apis } = foundation(scope);
  const options = { parent, dependsOn: [apis.certificatemanager] };
  const tagged = { project, labels: labels(environment, name) };
  const certificate = issued(scope, hosts, zoneId);
  const map = new CertificateMap(`${name}-certificates`, tagged, options);
  for (const host of hosts) {
    new CertificateMapEntry(
      childName(name, "certificate", plain(host)),
      { ...tagged, map: map.name, hostname: host, certificates: [certificate.id] },
      { parent },
    );
  }
  return { certificateMap: mapUrl(map.id) };
}

const mapUrl = (id: pulumi.Output<string>): pulumi.Output<string> =>
  pulumi.interpolate`//certificatemanager.googleapis.com/${id}`;
