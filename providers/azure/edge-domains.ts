import { RoleAssignment } from "@pulumi/azure-native/authorization";
import { AFDCustomDomain, Secret, type AFDEndpoint, type Profile } from "@pulumi/azure-native/cdn";
import { RecordSet } from "@pulumi/azure-native/dns";
import * as pulumi from "@pulumi/pulumi";
import type { Dns } from "../../components/https-edge";
import { builtInRole } from "./roles";
import { settings } from "./settings";

/** ARM id of a public DNS zone. */
export const ZONE_ID =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Network\/dnsZones\/([^/]+)$/i;

/** ARM id of a certificate in a Key Vault. */
export const CERTIFICATE_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.KeyVault\/vaults\/([^/]+)\/secrets\/([^/]+)$/i;

/** Name of a host inside its zone; `@` for the zone itself. */
export function relativeName(host: string, zone: string): string | undefined {
  if (host === zone) return "@";
  return host.endsWith(`.${zone}`) ? host.slice(0, -zone.length - 1) : undefined;
}

/** Key of a host in names of children. */
export const hostKey = (host: string): string => host.replace(/[^a-z0-9]+/gi, "-").toLowerCase();

export interface Domains {
  readonly byHost: Readonly<Record<string, AFDCustomDomain>>;
  /** Records that somebody else has to make. */
  readonly records: pulumi.Output<Record<string, string>>;
}

interface Request {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly dns: Dns;
  readonly profile: Profile;
  readonly profileArgs: {
    readonly profileName: pulumi.Input<string>;
    readonly resourceGroupName: pulumi.Input<string>;
  };
  readonly endpoint: AFDEndpoint;
  readonly parent: pulumi.ComponentResource;
}

/**
 * A custom domain per host. Front Door issues and renews the certificate once the owner is proven
 * by a TXT record; the name itself may point at it afterwards.
 */
export function customDomains(request: Request): Domains {
  const { name, hosts, dns, profileArgs, parent } = request;
  const given = dns.kind === "external" ? dns.certificate : undefined;
  const certificate = given === undefined ? undefined : ownCertificate(request, given);
  const byHost: Record<string, AFDCustomDomain> = {};
  for (const host of hosts) {
    byHost[host] = new AFDCustomDomain(
      `${name}-domain-${hostKey(host)}`,
      {
        ...profileArgs,
        customDomainName: hostKey(host),
        hostName: host,
        ...(dns.kind === "zone" ? { azureDnsZone: { id: dns.zoneId } } : {}),
        tlsSettings: {
          certificateType: certificate ? "CustomerCertificate" : "ManagedCertificate",
          minimumTlsVersion: "TLS12",
          cipherSuiteSetType: "TLS12_2023",
          ...(certificate ? { secret: { id: certificate.id } } : {}),
        },
      },
      { parent, customTimeouts: { create: "60m" } },
    );
  }
  if (dns.kind === "zone") {
    publish(request, dns, byHost);
    const none: Record<string, string> = {};
    return { byHost, records: pulumi.output(none) };
  }
  return { byHost, records: recordsOf(request, byHost, certificate === undefined) };
}

/** Proof and address of each host, in a zone of the same subscription. */
function publish(
  { name, endpoint, parent }: Request,
  { zone, zoneId }: Extract<Dns, { kind: "zone" }>,
  byHost: Readonly<Record<string, AFDCustomDomain>>,
): void {
  const [, , resourceGroupName = "", zoneName = ""] = ZONE_ID.exec(zoneId) ?? [];
  for (const [host, domain] of Object.entries(byHost)) {
    const relative = relativeName(host, zone) ?? host;
    const key = hostKey(host);
    const proof = new RecordSet(
      `${name}-proof-${key}`,
      {
        resourceGroupName,
        zoneName,
        recordType: "TXT",
        relativeRecordSetName: relative === "@" ? "_dnsauth" : `_dnsauth.${relative}`,
        ttl: 3600,
        txtRecords: [{ value: [domain.validationProperties.validationToken] }],
      },
      { parent },
    );
    new RecordSet(
      `${name}-record-${key}`,
      {
        resourceGroupName,
        zoneName,
        relativeRecordSetName: relative,
        ttl: 300,
        // The zone's own name cannot be a CNAME; an alias follows the endpoint's addresses.
        ...(relative === "@"
          ? { recordType: "A", targetResource: { id: endpoint.id } }
          : { recordType: "CNAME", cnameRecord: { cname: endpoint.hostName } }),
      },
      { parent, dependsOn: [proof] },
    );
  }
}

function recordsOf(
  { endpoint }: Request,
  byHost: Readonly<Record<string, AFDCustomDomain>>,
  proof: boolean,
): pulumi.Output<Record<string, string>> {
  const records: Record<string, pulumi.Output<string>> = {};
  for (const [host, { validationProperties }] of Object.entries(byHost)) {
    records[host] = pulumi.interpolate`CNAME ${endpoint.hostName}`;
    if (proof) {
      records[`_dnsauth.${host}`] = pulumi.interpolate`TXT ${validationProperties.validationToken}`;
    }
  }
  return pulumi.all(records);
}

/** A certificate of the operator's own vault, which the profile's identity may read. */
function ownCertificate({ name, profile, profileArgs, parent }: Request, id: string): Secret {
  const grant = new RoleAssignment(
    `${name}-may-read-certificate`,
    {
      principalId: profile.identity.apply((identity) => identity?.principalId ?? ""),
      principalType: "ServicePrincipal",
      roleDefinitionId: builtInRole("secretsUser", settings()),
      scope: id,
    },
    { parent },
  );
  return new Secret(
    `${name}-certificate`,
    {
      ...profileArgs,
      secretName: "certificate",
      parameters: {
        type: "CustomerCertificate",
        secretSource: { id },
        useLatestVersion: true,
      },
    },
    { parent, dependsOn: [grant] },
  );
}
