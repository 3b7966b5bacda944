import { mustBeOneOf, mustBeSet, mustNotBeOneOf } from "../../lib/check/simple";
import { forTypes, undecided, violation, type Check, type Rule } from "../../lib/rule";
import type { Absent } from "../../lib/check/simple";

const MESSAGE = "TLS versions before 1.2 are accepted";
const MODERN = [
  "1.2",
  "1.3",
  "TLS1_2",
  "TLS1_3",
  "TLS12",
  "TLS13",
  "TLS_1_2",
  "TLS_1_3",
  "Tls12",
  "TLSv1.2",
  "TLSv1.3",
];

const atLeast =
  (path: string, absent: Absent): Check =>
  (resource) =>
    mustBeOneOf(resource.at(path), MODERN, MESSAGE, absent);

/** Policies by what their names promise, so that newer ones need no list. */
const MODERN_POLICY = /(TLS13-1-[23]|TLS-1-2|FS-1-2)(-|$)/i;

const listener: Check = (resource) => {
  const protocol = resource.at("protocol");
  if (protocol.unknown) return [undecided(protocol)];
  if (!protocol.isWord("HTTPS", "TLS") && !resource.at("certificateArn").present) return [];
  const policy = resource.at("sslPolicy");
  if (policy.unknown) return [undecided(policy)];
  const name = policy.text ?? "";
  return MODERN_POLICY.test(name) ? [] : [violation(policy, MESSAGE)];
};

export const rule: Rule = {
  id: "tls-version",
  title: "TLS 1.2 is the oldest version that is accepted",
  severity: "high",
  category: "tls",
  profile: "baseline",
  why: "TLS 1.0 and 1.1 have known attacks and are refused by auditors.",
  fix: {
    aws: 'Set sslPolicy to "ELBSecurityPolicy-TLS13-1-2-2021-06" or newer (minimumProtocolVersion TLSv1.2_2021 on CloudFront, securityPolicy TLS_1_2 on API Gateway).',
    azure:
      'Set the minimum TLS version to 1.2 (minimumTlsVersion "TLS1_2" on storage, "1.2" on Redis and SQL).',
    gcp: 'Set minTlsVersion of the SSL policy to "TLS_1_2".',
  },
  controls: { nist: ["SC-8", "SC-13"], cis: ["3.10"] },
  check: {
    "aws:lb/listener:Listener": listener,
    "aws:cloudfront/distribution:Distribution": (resource) => {
      const old = resource
        .at("origins")
        .items.flatMap((origin) => origin.at("customOriginConfig.originSslProtocols").each)
        .filter((protocol) => protocol.isWord("SSLv3", "TLSv1", "TLSv1.1"))
        .map((protocol) => violation(protocol, `towards the origin, ${MESSAGE}`));
      const certificate = resource.at("viewerCertificate");
      const own =
        certificate.at("acmCertificateArn").present || certificate.at("iamCertificateId").present;
      if (!own) return old;
      const version = certificate.at("minimumProtocolVersion");
      if (version.unknown) return [undecided(version)];
      return /^TLSv1\.[23]/.test(version.text ?? "") ? old : [violation(version, MESSAGE), ...old];
    },
    ...forTypes(["aws:apigateway/domainName:DomainName"], atLeast("securityPolicy", "violates")),
    "aws:opensearch/domain:Domain": (resource) =>
      mustNotBeOneOf(
        resource.at("domainEndpointOptions.tlsSecurityPolicy"),
        ["Policy-Min-TLS-1-0-2019-07"],
        MESSAGE,
      ),
    "azure-native:storage:StorageAccount": atLeast("minimumTlsVersion", "violates"),
    "azure:storage/account:Account": atLeast("minTlsVersion", "passes"),
    "azure-native:redis:Redis": atLeast("minimumTlsVersion", "violates"),
    "azure:redis/cache:Cache": atLeast("minimumTlsVersion", "violates"),
    "azure-native:redisenterprise:RedisEnterprise": atLeast("minimumTlsVersion", "passes"),
    "azure-native:sql:Server": (resource) =>
      mustNotBeOneOf(resource.at("minimalTlsVersion"), ["None", "1.0", "1.1"], MESSAGE),
    "azure:mssql/server:Server": (resource) =>
      mustNotBeOneOf(resource.at("minimumTlsVersion"), ["Disabled", "1.0", "1.1"], MESSAGE),
    "azure-native:web:WebApp": (resource) =>
      mustNotBeOneOf(resource.at("siteConfig.minTlsVersion"), ["1.0", "1.1"], MESSAGE),
    "azure-native:cdn:AFDCustomDomain": (resource) =>
      mustNotBeOneOf(resource.at("tlsSettings.minimumTlsVersion"), ["TLS10"], MESSAGE),
    "azure-native:eventhub:Namespace": (resource) =>
      mustNotBeOneOf(resource.at("minimumTlsVersion"), ["1.0", "1.1"], MESSAGE),
    "azure-native:servicebus:Namespace": (resource) =>
      mustNotBeOneOf(resource.at("minimumTlsVersion"), ["1.0", "1.1"], MESSAGE),
    ...forTypes(
      [
        "gcp:compute/targetHttpsProxy:TargetHttpsProxy",
        "gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy",
        "gcp:compute/targetSSLProxy:TargetSSLProxy",
      ],
      (resource) =>
        mustBeSet(resource.at("sslPolicy"), `${MESSAGE}, as long as no SSL policy is named`),
    ),
    "gcp:compute/sSLPolicy:SSLPolicy": atLeast("minTlsVersion", "violates"),
    "gcp:compute/regionSslPolicy:RegionSslPolicy": atLeast("minTlsVersion", "violates"),
  },
};
