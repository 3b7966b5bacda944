// Stand-in for tecnativa/docker-socket-proxy; see ../README.md. Its rules, in its order: containers
// may be started and stopped where that is allowed by name, else only GET unless POST=1, then one
// variable per part of the engine's API, and nothing else.
import http from "node:http";

const socketPath = "/var/run/docker.sock";
const DEFAULTS = { EVENTS: "1", PING: "1", VERSION: "1" };
const on = (name) => (process.env[name] ?? DEFAULTS[name] ?? "0") === "1";

const ACTIONS = { start: "ALLOW_START", stop: "ALLOW_STOP" };
const PARTS = [
  ...["AUTH", "BUILD", "COMMIT", "CONFIGS", "CONTAINERS", "DISTRIBUTION", "EVENTS", "EXEC"],
  ...["GRPC", "IMAGES", "INFO", "NETWORKS", "NODES", "PLUGINS", "SECRETS", "SERVICES"],
  ...["SESSION", "SWARM", "SYSTEM", "TASKS", "VERSION", "VOLUMES"],
];

function allowed(method, path) {
  const [, rest = ""] = /^(?:\/v[\d.]+)?\/(.*)$/.exec(path) ?? [];
  const action = /^containers\/[\w.-]+\/(start|stop)$/.exec(rest)?.[1];
  if (action && on(ACTIONS[action])) return true;
  if (method !== "GET" && !on("POST")) return false;
  if (rest.startsWith("_ping")) return on("PING");
  const part = PARTS.find((name) => rest.startsWith(name.toLowerCase()));
  return part !== undefined && on(part);
}

http
  .createServer((request, response) => {
    if (!allowed(request.method, request.url.split("?")[0])) {
      return response.writeHead(403).end("403 Forbidden\n");
    }
    const { method, url: path, headers } = request;
    const asked = http.request({ socketPath, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    asked.on("error", (error) => {
      console.error(`stand-in: the engine: ${error.message}`);
      response.writeHead(503).end();
    });
    request.pipe(asked);
  })
  .listen(2375);
process.on("SIGTERM", () => process.exit(0));
