/** Traefik reads routes from labels, through a filter that only lists containers. */
export const ROUTER_COMMAND = [
  "--entryPoints.web.address=:8080",
  // The edge has written the client's address; nobody else can reach this port.
  "--entryPoints.web.forwardedHeaders.insecure=true",
  "--entryPoints.web.transport.respondingTimeouts.readTimeout=0s",
  "--providers.docker=true",
  "--providers.docker.endpoint=tcp://route-reader:2375",
  "--providers.docker.exposedByDefault=false",
  "--providers.docker.network=mcpnet",
  "--accessLog=true",
  "--accessLog.format=json",
  "--log.level=INFO",
];

/** Routes of the manager: its UI and API below `/app`, and the API's own address, never `/internal`. */
export function routerLabels(limits: {
  readonly apiRateLimit: number;
  readonly authRateLimit: number;
}): Record<string, string> {
  const rate = (name: string, requests: number): Record<string, string> => {
    const at = `traefik.http.middlewares.${name}.rateLimit`;
    return {
      [`${at}.average`]: `${requests}`,
      [`${at}.period`]: "1m",
      [`${at}.burst`]: `${requests}`,
      [`${at}.sourceCriterion.ipStrategy.depth`]: "1",
    };
  };
  const router = (name: string, rule: string, priority: number, middlewares: string[]) => {
    const at = `traefik.http.routers.${name}`;
    return {
      [`${at}.rule`]: rule,
      [`${at}.entryPoints`]: "web",
      [`${at}.priority`]: `${priority}`,
      [`${at}.middlewares`]: middlewares.join(","),
      [`${at}.service`]: "manager",
    };
  };
  const auth = "(PathPrefix(`/api/v1/auth/`) || PathPrefix(`/app/api/v1/auth/`))";
  return {
    "traefik.enable": "true",
    "traefik.http.services.manager.loadbalancer.server.port": "8000",
    "traefik.http.middlewares.app-prefix.stripPrefix.prefixes": "/app",
    ...rate("api-rate", limits.apiRateLimit),
    ...rate("auth-rate", limits.authRateLimit),
    ...router("auth", `${auth} && !PathPrefix(\`/app/internal\`)`, 300, [
      "auth-rate",
      "app-prefix",
    ]),
    ...router("app", "PathPrefix(`/app`) && !PathPrefix(`/app/internal`)", 200, [
      "api-rate",
      "app-prefix",
    ]),
    ...router("api", "PathPrefix(`/api/v1`)", 100, ["api-rate"]),
  };
}
