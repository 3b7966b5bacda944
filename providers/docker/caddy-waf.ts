import type { HttpsEdgeSpec } from "../../components/https-edge";

/**
 * Bodies that are inspected. The rules cost time and memory for each value in one: a body of 1 MB
 * with 40,000 values took the edge's memory and 75 s. Others pass by what their address and headers
 * say, as at the clouds, whose firewalls look at the first 8 to 128 KiB.
 */
const INSPECTED = { bytes: 65_536, values: 255 };

/**
 * Types of bodies that the rule set lets in, and files sent as they are. It refuses all others with
 * 403, since it reads no more than these.
 */
const BODY_TYPES = [
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "text/xml",
  "application/xml",
  "application/soap+xml",
  "application/json",
  "application/octet-stream",
];

/** Rule on the types of bodies; what is not inspected may be of any type. */
const BODY_TYPE_RULE = 920_420;

/** Coraza with the OWASP core rule set. Answers are not inspected: they are streams, some of them. */
export function firewall(waf: NonNullable<HttpsEdgeSpec["waf"]>): Record<string, unknown> {
  const directives = [
    "Include @coraza.conf-recommended",
    ...(waf.managedRules ? ["Include @crs-setup.conf.example"] : []),
    `SecRuleEngine ${waf.mode === "block" ? "On" : "DetectionOnly"}`,
    "SecResponseBodyAccess Off",
    // The rule set knows GET, HEAD, POST and OPTIONS; applications here use the rest, too.
    `SecAction "id:900200,phase:1,pass,t:none,nolog,setvar:'tx.allowed_methods=GET HEAD POST OPTIONS PUT PATCH DELETE'"`,
    `SecAction "id:900220,phase:1,pass,t:none,nolog,setvar:'tx.allowed_request_content_type=${BODY_TYPES.map((type) => `|${type}|`).join(" ")}'"`,
    ...(waf.uninspected ?? []).map((prefix, index) => {
      const id = 100_000 + index;
      return `SecRule REQUEST_URI "@beginsWith ${prefix}" "id:${id},phase:1,pass,t:none,nolog,ctl:requestBodyAccess=Off,ctl:ruleRemoveById=${BODY_TYPE_RULE}"`;
    }),
    ...(waf.managedRules ? ["Include @owasp_crs/*.conf"] : []),
  ];
  const coraza = { handler: "waf", load_owasp_crs: true, directives: directives.join("\n") };
  // Around it, since its writer holds answers back: see caddy/firewall.go.
  return { handler: "firewall", inspected: INSPECTED, with: coraza };
}
