// Stand-in for jwilder's nginx-proxy; see ../README.md. ROUTES: {"<host>": {"host", "port"}}.
import http from "node:http";

const routes = JSON.parse(process.env.ROUTES);

http
  .createServer((request, response) => {
    const route = routes[request.headers.host];
    if (!route) return response.writeHead(503).end();
    const client = request.socket.remoteAddress.replace(/^::ffff:/, "");
    const forwarded = http.request({
      ...{ ...route, method: request.method, path: request.url },
      headers: { ...request.headers, "x-forwarded-for": client, "x-forwarded-proto": "https" },
    });
    forwarded.on("response", (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    forwarded.on("error", () => response.writeHead(502).end());
    request.pipe(forwarded);
  })
  .listen(80);
