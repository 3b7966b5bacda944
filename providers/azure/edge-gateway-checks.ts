import type { ResolveContext } from "../../components/builder";
import type { HttpsEdgeSpec } from "../../components/https-edge";
import { CERTIFICATE_ID } from "./edge-domains";

/** Seconds of silence that the gateway's addresses bear. The private one cannot be set. */
const IDLE = { public: 1800, private: 300 };

/** Reports what an Application Gateway would refuse, or do otherwise than asked. */
export function checkGateway(spec: HttpsEdgeSpec, { path, problems }: ResolveContext): void {
  const add = (option: string, message: string): void => {
    problems.add(`${path}.${option}`, message);
  };
  const exposure = spec.exposure ?? "public";
  const idle = spec.idleTimeoutSeconds ?? 60;
  if (idle > IDLE[exposure]) {
    add(
      "idleTimeoutSeconds",
      `${idle} s is not offered: the ${exposure} address of an Application Gateway ends a connection ` +
        `after ${IDLE[exposure]} s of silence; use at most that`,
    );
  }
  if (spec.dns.kind === "zone") {
    add(
      "dns",
      "an Application Gateway issues no certificates; use kind external with certificate, the id of a " +
        "certificate's secret in a Key Vault (/subscriptions/…/vaults/<vault>/secrets/<name>)",
    );
  } else if (spec.dns.certificate === undefined || !CERTIFICATE_ID.test(spec.dns.certificate)) {
    add(
      "dns.certificate",
      `${spec.dns.certificate === undefined ? "is missing" : `"${spec.dns.certificate}" is no id of a Key Vault secret`}; ` +
        "an Application Gateway issues no certificates: give " +
        "/subscriptions/…/vaults/<vault>/secrets/<name>",
    );
  }
  for (const host of new Set(spec.routes.map((route) => route.host))) {
    const rest = spec.routes.some((route) => route.host === host && route.paths.includes("/*"));
    if (!rest) add("routes", `${host} leads nowhere but for some paths; give one backend its /*`);
  }
  if (spec.waf?.managedRules === false) {
    add(
      "waf.managedRules",
      "the firewall of an Application Gateway always has managed rules; leave waf out",
    );
  }
  if (spec.waf?.mode === "count") {
    add(
      "waf.mode",
      "count is not supported on azure here: the firewall of an Application Gateway counts as a whole, " +
        "and would let address lists and rate limits pass, too; use block",
    );
  }
  for (const [name, { host, sticky, localProxy, drainSeconds = 30 }] of Object.entries(
    spec.backends,
  )) {
    const at = `backends.${name}`;
    if (host && spec.encryptedBackends) {
      add(
        "encryptedBackends",
        `the Docker host ${name} speaks HTTP inside the network; set it to false`,
      );
    }
    if (host && (sticky || localProxy)) {
      add(`${at}.${sticky ? "sticky" : "localProxy"}`, "is not offered before a Docker host");
    }
    if (drainSeconds > 3600)
      add(`${at}.drainSeconds`, `${drainSeconds} is not offered; at most 3600`);
  }
}
