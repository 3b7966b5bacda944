// Stand-in for Traefik; see ../README.md.
import http from "node:http";
import { routesOf } from "./routes.mjs";

const options = Object.fromEntries(
  process.argv.slice(2).map((argument) => argument.replace(/^--/, "").split("=")),
);
const { hostname, port } = new URL(options["providers.docker.endpoint"].replace("tcp", "http"));
const entry = Number(options["entryPoints.web.address"].slice(1));
const network = options["providers.docker.network"];

let routes = [];
let known = "";

/** Containers that ask for routes, through the filter that only lists. */
async function look() {
  try {
    const answer = await fetch(`http://${hostname}:${port}/v1.41/containers/json`);
    if (!answer.ok) throw new Error(`the filter answered ${answer.status}`);
    const found = (await answer.json()).filter(({ Labels }) => Labels["traefik.enable"] === "true");
    const ids = JSON.stringify(found.map(({ Id, NetworkSettings }) => [Id, NetworkSettings]));
    if (ids === known) return;
    routes = found.flatMap((each) => routesOf(each, network));
    known = ids;
  } catch (error) {
    console.error(JSON.stringify({ level: "error", msg: error.message }));
  }
}
setInterval(look, 1000);
await look();

/** The last address that a proxy has written. */
const clientOf = ({ headers }) => (headers["x-forwarded-for"] ?? "").split(",").at(-1).trim();

/** Where a request goes, or the status that answers it. */
function route(request) {
  const [path, query] = request.url.split("?");
  const found = routes.find(({ matches }) => matches(path));
  if (!found) return { status: 404 };
  if (found.limits.some((limit) => limit.take(clientOf(request)).left < 0)) return { status: 429 };
  const prefix = found.strip.find((each) => path.startsWith(each)) ?? "";
  const stripped = path.slice(prefix.length) || "/";
  const { method, headers } = request;
  return {
    ...found.target,
    ...{ method, path: query === undefined ? stripped : `${stripped}?${query}` },
    headers: { ...headers, ...(prefix ? { "x-forwarded-prefix": prefix } : {}) },
  };
}

const server = http.createServer((request, response) => {
  const { status, ...target } = route(request);
  response.on("finish", () =>
    console.log(
      JSON.stringify({ RequestPath: request.url, DownstreamStatus: response.statusCode }),
    ),
  );
  if (status) return response.writeHead(status).end();
  const asked = http.request(target, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  asked.on("error", () =>
    response.headersSent ? response.destroy() : response.writeHead(502).end(),
  );
  response.on("close", () => asked.destroy());
  request.pipe(asked);
});
server.requestTimeout = 0;
server.on("upgrade", (request, socket, head) => {
  const { status, ...target } = route(request);
  if (status) return socket.end(`HTTP/1.1 ${status} \r\n\r\n`);
  const asked = http.request(target);
  asked.on("upgrade", (answer, other, rest) => {
    const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("")}\r\n`);
    other.write(head);
    socket.write(rest);
    socket.pipe(other).pipe(socket);
    for (const each of [socket, other]) each.on("error", () => (socket.destroy(), other.destroy()));
  });
  asked.on("error", () => socket.destroy());
  asked.end();
});
server.listen(entry);
process.on("SIGTERM", () => process.exit(0));
