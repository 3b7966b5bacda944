import { limiter } from "/app/lib/limits.mjs";

/** A rule of `PathPrefix(`/x`)` with `&&`, `||`, `!` and brackets; nothing else is known. */
function matcher(rule) {
  const known = rule.replaceAll(/PathPrefix\(`([\w/.-]+)`\)/g, 'path.startsWith("$1")');
  if (/[^\w\s/.&|!()"-]/.test(known.replaceAll(/path\.startsWith\("[^"]*"\)/g, ""))) {
    throw new Error(`no such rule: ${rule}`);
  }
  return new Function("path", `return ${known};`);
}

/** Labels below a prefix: `{"name": {"rest.of.key": value}}`. */
function below(labels, prefix) {
  const found = {};
  for (const [key, value] of Object.entries(labels)) {
    if (!key.startsWith(prefix)) continue;
    const [name, ...rest] = key.slice(prefix.length).split(".");
    (found[name] ??= {})[rest.join(".").toLowerCase()] = value;
  }
  return found;
}

/** Routes of one container, the most urgent first. Limits are counted as long as the routes live. */
export function routesOf({ Labels: labels, NetworkSettings }, network) {
  const host = NetworkSettings.Networks[network]?.IPAddress;
  const middlewares = below(labels, "traefik.http.middlewares.");
  const services = below(labels, "traefik.http.services.");
  const limits = {};
  for (const [name, { "ratelimit.average": average, "ratelimit.period": period }] of Object.entries(
    middlewares,
  )) {
    if (average) limits[name] = limiter(Number(average), period === "1m" ? 60 : 1);
  }
  return Object.values(below(labels, "traefik.http.routers."))
    .map(({ rule, priority, middlewares: used = "", service }) => ({
      matches: matcher(rule),
      priority: Number(priority),
      limits: used.split(",").flatMap((name) => limits[name] ?? []),
      strip: used.split(",").flatMap((name) => middlewares[name]?.["stripprefix.prefixes"] ?? []),
      target: { host, port: Number(services[service]["loadbalancer.server.port"]) },
    }))
    .sort((a, b) => b.priority - a.priority);
}
