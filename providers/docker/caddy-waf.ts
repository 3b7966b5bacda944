import type { HttpsEdgeSpec } from "../../components/https-edge";

/** Coraza with the OWASP core rule set. Answers are not inspected: they are streams, some of them. */
export function firewall(spec: HttpsEdgeSpec): Record<string, unknown>[] {
  const { waf } = spec;
  if (!waf) return [];
  const directives = [
    "Include @coraza.conf-recommended",
    ...(waf.managedRules ? ["Include @crs-setup.conf.example"] : []),
    `SecRuleEngine ${waf.mode === "block" ? "On" : "DetectionOnly"}`,
    "SecResponseBodyAccess Off",
    // Where the description sets no limit the firewall must not: it inspects the first 12.5 MiB.
    spec.maxBodyBytes
      ? `SecRequestBodyLimit ${spec.maxBodyBytes}`
      : "SecRequestBodyLimitAction ProcessPartial",
    // The rule set knows GET, HEAD, POST and OPTIONS; applications here use the rest, too.
    `SecAction "id:900200,phase:1,pass,t:none,nolog,setvar:'tx.allowed_methods=GET HEAD POST OPTIONS PUT PATCH DELETE'"`,
    ...(waf.uninspected ?? []).map((prefix, index) => {
      const id = 100_000 + index;
      return `SecRule REQUEST_URI "@beginsWith ${prefix}" "id:${id},phase:1,pass,t:none,nolog,ctl:requestBodyAccess=Off"`;
    }),
    ...(waf.managedRules ? ["Include @owasp_crs/*.conf"] : []),
  ];
  const coraza = { handler: "waf", load_owasp_crs: true, directives: directives.join("\n") };
  // Around it, since its writer holds answers back: see caddy/streaming.go.
  return [{ handle: [{ handler: "firewall", with: coraza }] }];
}
