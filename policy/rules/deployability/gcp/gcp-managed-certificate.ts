import { ofEach } from "../../../lib/deployability/each";
import { givenName } from "../../../lib/deployability/gcp/automatic";
import { CERTIFICATE, HTTPS_PROXY } from "../../../lib/deployability/gcp/types";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

const MOST_DOMAINS = 100;
const SSL_PROXY = "gcp:compute/targetSSLProxy:TargetSSLProxy";

export const rule = deployability({
  id: "gcp-managed-certificate",
  title: "A managed certificate can be issued, served and replaced",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "the certificate stays PROVISIONING or FAILED_NOT_VISIBLE and clients see TLS handshake errors; with a fixed name a change of domains ends in resourceInUseByAnotherResource.",
  },
  fix: "Leave name out, list up to 100 domains without wildcards, and name the certificate in a TargetHttpsProxy; wildcards need Certificate Manager with DNS authorization.",
  source: "https://cloud.google.com/load-balancing/docs/ssl-certificates/google-managed-certs",
  check: {
    [CERTIFICATE]: (certificate) => [...checkDomains(certificate), ...checkName(certificate)],
  },
  checkStack: ofEach([CERTIFICATE], (certificate, graph): Report[] => {
    const users = graph.referrers(certificate).filter(({ type }) => type.startsWith("gcp:"));
    if (users.length > 0) return [];
    const proxies = graph.ofType(HTTPS_PROXY, SSL_PROXY);
    const open = proxies
      .map((proxy) => proxy.at("sslCertificates"))
      .find((list) => list.unknown || list.each.some((one) => one.unknown));
    return [
      open === undefined
        ? violation(certificate.at("managed"), "no TargetHttpsProxy of the plan serves it")
        : undecided(open),
    ];
  }),
});

function checkDomains(certificate: Resource): Report[] {
  const domains = certificate.at("managed.domains");
  if (domains.unknown) return [undecided(domains)];
  const wild = domains.each.find((domain) => domain.text?.includes("*") === true);
  const answer = "400: Invalid value for field 'resource.managed.domains'.";
  if (wild !== undefined)
    return [{ ...violation(wild, `${wild.text} is a wildcard, which is not offered`), answer }];
  return domains.each.length > MOST_DOMAINS
    ? [{ ...violation(domains, `${domains.each.length} domains, ${MOST_DOMAINS} at most`), answer }]
    : [];
}

function checkName(certificate: Resource): Report[] {
  const name = givenName(certificate);
  return name === undefined
    ? []
    : [
        {
          ...violation(
            name,
            `the name "${name.text}" is taken while a changed certificate replaces it`,
          ),
          answer: "resourceInUseByAnotherResource when the domains change.",
        },
      ];
}
