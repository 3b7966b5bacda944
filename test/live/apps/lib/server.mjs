import { createHash } from "node:crypto";
import http from "node:http";
import { WebSocketServer } from "ws";

/** One line of an audit trail. */
export const audit = (event, details = {}) =>
  console.log(JSON.stringify({ type: "audit", time: new Date().toISOString(), event, ...details }));

export const json = (response, status, body) => {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
};

/** Reads a body of at most `limit` bytes; longer ones are answered 413. */
export async function bodyOf(request, limit = Infinity) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > limit) throw Object.assign(new Error("too large"), { status: 413 });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const STAND_IN_SOCKET = "/api/stand-in/socket";

/** What only tests ask: who is seen, echoes, streams. */
const standIn = {
  "GET /api/stand-in/version": (_, response) =>
    json(response, 200, { version: process.env.STAND_IN_VERSION }),
  "GET /api/stand-in/headers": (request, response) => json(response, 200, request.headers),
  "POST /api/stand-in/echo": async (request, response) => {
    const body = await bodyOf(request);
    json(response, 200, {
      bytes: body.length,
      sha256: createHash("sha256").update(body).digest("hex"),
    });
  },
  /** `?every=<ms>&for=<ms>`: server-sent events, the first one at once. */
  "GET /api/stand-in/stream": (request, response, url) => {
    const every = Number(url.searchParams.get("every") ?? 1000);
    const end = Date.now() + Number(url.searchParams.get("for") ?? 10_000);
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    response.write(`data: ${Date.now()}\n\n`);
    const timer = setInterval(() => {
      response.write(`data: ${Date.now()}\n\n`);
      if (Date.now() >= end) response.end();
    }, every);
    response.on("close", () => clearInterval(timer));
  },
  /** `?ms=<ms>`: an answer that takes its time. */
  "GET /api/stand-in/slow": (_, response, url) => {
    setTimeout(() => json(response, 200, {}), Number(url.searchParams.get("ms") ?? 1000));
  },
};

/**
 * Serves `routes` (`"GET /path"` or `"GET /path/*"` -> handler) until SIGTERM, then finishes what
 * is under way and ends. Paths in `sockets` take WebSockets and send back what they get, as does
 * the tests' own. `before` sees every request first, and answers true when it has answered it.
 */
export function serve({
  port,
  routes,
  sockets = [],
  before = () => false,
  onStop = async () => {},
}) {
  const table = { ...standIn, ...routes };
  const server = http.createServer(async (request, response) => {
    response.setHeader("X-Stand-In", process.env.STAND_IN_VERSION ?? "unknown");
    const url = new URL(request.url, "http://stand-in");
    const exact = table[`${request.method} ${url.pathname}`];
    const prefix = Object.keys(table).find((route) => {
      return (
        route.endsWith("/*") && `${request.method} ${url.pathname}`.startsWith(route.slice(0, -1))
      );
    });
    try {
      if (await before(request, response, url)) return;
      const handler = exact ?? table[prefix];
      if (handler) await handler(request, response, url);
      else json(response, 404, { error: "no such route" });
    } catch (error) {
      if (!response.headersSent) json(response, error.status ?? 500, { error: error.message });
      else response.destroy();
    }
  });
  // Longer than any proxy before it keeps a connection, so that it is never the one to close.
  server.keepAliveTimeout = 700_000;
  server.requestTimeout = 0;
  const upgrades = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    const { pathname } = new URL(request.url, "http://stand-in");
    if (![...sockets, STAND_IN_SOCKET].includes(pathname))
      return socket.end("HTTP/1.1 404 Not Found\r\n\r\n");
    upgrades.handleUpgrade(request, socket, head, (client) => {
      client.on("message", (data, binary) => client.send(data, { binary }));
    });
  });
  process.on("SIGTERM", () => {
    server.close(async () => {
      await onStop();
      process.exit(0);
    });
    server.closeIdleConnections();
  });
  server.listen(port, () => console.log(JSON.stringify({ type: "log", listening: port })));
  return server;
}
