import type { network } from "@pulumi/azure-native/types/input";
import type { Cors, HttpsEdgeSpec } from "../../components/https-edge";

type Rule = network.ApplicationGatewayRewriteRuleArgs;
type Header = network.ApplicationGatewayHeaderConfigurationArgs;

const headersOf = (headers: Readonly<Record<string, string>>): Header[] =>
  Object.entries(headers).map(([headerName, headerValue]) => ({ headerName, headerValue }));

/** A text inside a regular expression. */
const literal = (text: string): string => text.replace(/[.+?^${}()|[\]\\/*]/g, "\\$&");

/** A rule per origin: the answer names the one origin that asked, and only if it may. */
const corsRules = (cors: Cors, first: number): Rule[] =>
  cors.origins.map((origin, index) => ({
    name: `cors-${index + 1}`,
    ruleSequence: first + index,
    conditions: [
      { variable: "http_req_Origin", pattern: `^${literal(origin)}$`, ignoreCase: true },
    ],
    actionSet: {
      requestHeaderConfigurations: [],
      responseHeaderConfigurations: headersOf({
        "Access-Control-Allow-Origin": origin,
        Vary: "Origin",
        "Access-Control-Allow-Methods": cors.methods.join(", "),
        "Access-Control-Allow-Headers": cors.headers.join(", "),
        ...(cors.credentials ? { "Access-Control-Allow-Credentials": "true" } : {}),
      }),
    },
  }));

/**
 * The rewrites of one backend. Headers are set, so that each is sent once whatever the application
 * sends. A gateway's own X-Forwarded-For names ports, too; this one names addresses alone.
 */
export function rewritesOf(
  spec: HttpsEdgeSpec,
  backend: string,
): network.ApplicationGatewayRewriteRuleSetArgs {
  const own = spec.backends[backend]?.headers ?? {};
  const client =
    spec.forwardedFor === "replace" ? "{var_client_ip}" : "{var_add_x_forwarded_for_proxy}";
  return {
    name: backend,
    rewriteRules: [
      {
        name: "headers",
        ruleSequence: 100,
        conditions: [],
        actionSet: {
          requestHeaderConfigurations: headersOf({ "X-Forwarded-For": client }),
          responseHeaderConfigurations: headersOf({ ...spec.headers, ...own }),
        },
      },
      ...(spec.cors ? corsRules(spec.cors, 200) : []),
    ],
  };
}
